// What a chart promises wherever it stands: its numbers as a table, as a file, and as a picture in
// which they can be read.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, look } from '../lib/pictures.js';

const goodword = useGoodword();

/** What a saved picture adds around a chart, and its pixels for one of the screen, as ui/chart/picture.ts has them. */
const PICTURE = { pad: 24, title: 40, scale: 2 };

/** Presses a button that saves a file; answers with the file's content. */
async function save(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFile(await download.path());
}

/** The strong numbers of a line chart, and where they stand in the frame that a picture is made of. */
function findNumbers(page) {
  return page.locator('svg[role="img"]').evaluate((drawing) => {
    const frame = drawing.parentElement.getBoundingClientRect();
    return [...drawing.querySelectorAll('text')]
      .filter((one) => getComputedStyle(one).fontWeight === '600')
      .map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return { words: one.textContent, left: left - frame.left, top: top - frame.top, width, height };
      });
  });
}

/** The share of pixels in each box of a picture that are closer to black than to white. */
function darkShares(page, picture, boxes) {
  const source = `data:image/png;base64,${picture.toString('base64')}`;
  return page.evaluate(
    async ({ source, boxes, pad, title, scale }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const brush = canvas.getContext('2d');
      brush.drawImage(image, 0, 0);
      return boxes.map(({ left, top, width, height }) => {
        const { data } = brush.getImageData((left + pad) * scale, (top + pad + title) * scale, width * scale, height * scale);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 384) dark += 1;
        return dark / (data.length / 4);
      });
    },
    { source, boxes, ...PICTURE },
  );
}

test('every number beside a line can be read in the saved picture', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { colorScheme: 'light' });
  await page.goto('/metric?by=quarter');
  await page.getByText('Dashed: only a part of this period was counted').waitFor();
  await page.waitForLoadState('networkidle');
  const numbers = await findNumbers(page);
  assert.ok(numbers.length >= 3, `The chart has ${numbers.length} numbers`);
  const shares = await darkShares(page, await save(page, 'Download PNG'), numbers);
  for (const [place, share] of shares.entries()) {
    assert.ok(share > 0.1, `${numbers[place].words} covers ${Math.round(share * 1000) / 10}% of its place`);
  }
});

test('groups stand by their share against the goal, and the many wait behind a button', async (t) => {
  const program = await goodword.callAs('program');
  const metric = await program.get('/metrics/leveraging?by=seller');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/metric?by=seller');
  const rest = page.getByRole('button', { name: `Show ${metric.groups.length - 20} more` });
  await rest.waitFor();
  if (metric.target !== null) await page.getByText(`Target ${metric.target}%`, { exact: true }).waitFor();
  await look(page, 'metric-by-seller');
  await rest.click();
  const bars = page.getByRole('main').locator('ul').filter({ hasText: metric.groups[0].label }).getByRole('listitem');
  const shown = await bars.allTextContents();
  assert.equal(shown.length, metric.groups.length);
  const solid = shown.filter((words) => !words.includes('fewer than 20 deals'));
  const shares = solid.map((words) => Number(/(\d+)%/.exec(words)[1]));
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
  );
});

test('the spread of the load is a table and a file too', async (t) => {
  const program = await goodword.callAs('program');
  const { lorenz } = await program.get('/load');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/load');
  const file = (await save(page, 'Download CSV')).toString().trim().split('\r\n');
  assert.equal(file.length, lorenz.length + 1);
  assert.ok((await save(page, 'Download PNG')).length > 1000);
  await page.getByText('As table').first().click();
  await page.getByRole('columnheader', { name: 'Share of uses' }).waitFor();
  await inEveryLook(page, () => expectNoAxeViolations(page));
});
