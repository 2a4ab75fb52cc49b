// From the gap that costs the most to the deals behind it, and the same numbers as a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('the dearest gap opens what stands behind it, and its cut survives the address', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = await program.get('/plan/gaps?facets=industry,product&window_ends=30,60,90&broad=true');
  const worst = gaps.segments.find((one) => !one.is_unknown);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('link', { name: 'Planning' }).click();
  const title = `${worst.labels.join(' × ')} puts the most at risk`;
  const map = page.getByRole('region', { name: title }).first();
  await map.getByRole('button', { name: new RegExp(`^${worst.labels[0]}, ${worst.labels[1]}:`) }).click();
  const panel = page.getByRole('dialog', { name: worst.labels.join(' × ') });
  await panel.getByRole('table', { name: 'Deals behind it' }).getByRole('row').nth(1).waitFor();
  await look(page, 'gap-detail');
  await page.reload();
  await panel.waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await look(page, 'gaps');
});

test('gaps are a table and a file with the same numbers, and a picture', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = await program.get('/plan/gaps?facets=industry,product&window_ends=30,60,90&broad=true');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/gaps?table=map');
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
    return readFile(await download.path());
  };
  const lines = (await saved('Download CSV')).toString('utf8').trim().split('\r\n');
  assert.equal(lines.length, gaps.segments.length + 1);
  assert.ok(lines.some((line) => line.includes(gaps.segments[0].money_at_risk)), lines[1]);
  const picture = await saved('Download PNG');
  assert.equal(picture.subarray(1, 4).toString('latin1'), 'PNG');
  // A blank picture would be much smaller than one with words on it.
  assert.ok(picture.length > 10_000, `${picture.length} bytes`);
});
