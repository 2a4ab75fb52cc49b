// Each mistake that a page can make is seen, and a page without any is not accused.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { axeViolations, expectNoAxeViolations } from '../lib/accessibility.js';
import { countInteractions, expectAtMostInteractions } from '../lib/interactions.js';
import { takeProblems, useGoodword } from '../lib/journeys.js';
import { expectFitsWidth, takePictures } from '../lib/pictures.js';

const goodword = useGoodword({ program: fileURLToPath(new URL('program.js', import.meta.url)) });

async function problemsOn(page, path) {
  await page.goto(path, { waitUntil: 'networkidle' });
  return (await takeProblems(page)).map(({ kind }) => kind);
}

test('a clean page has no problem and no violation', async (t) => {
  const page = await goodword.openPage(t);
  assert.deepEqual(await problemsOn(page, '/clean'), []);
  await expectNoAxeViolations(page);
});

test('what the content security policy stops is seen', async (t) => {
  const page = await goodword.openPage(t);
  const kinds = await problemsOn(page, '/inline-script');
  assert.ok(kinds.includes('content security policy'), kinds.join());
  assert.equal(await page.evaluate(() => window.ran), undefined);
});

test('a request to another origin is seen', async (t) => {
  const elsewhere = createServer((_request, response) => response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  t.after(() => elsewhere.close());
  const page = await goodword.openPage(t);
  assert.deepEqual(await problemsOn(page, `/foreign?image=http://127.0.0.1:${elsewhere.address().port}/x.svg`), ['foreign request']);
});

test('a request by name is seen and leaves the machine unasked', async (t) => {
  const page = await goodword.openPage(t);
  await page.goto('/foreign?image=http://elsewhere.example/x.svg', { waitUntil: 'networkidle' });
  const problems = await takeProblems(page);
  assert.deepEqual(problems.map(({ kind }) => kind).sort(), ['console error', 'foreign request']);
  assert.match(problems.map(({ text }) => text).join(), /ERR_NAME_NOT_RESOLVED/);
});

for (const [path, kind] of [
  ['/console-error', 'console error'],
  ['/exception', 'uncaught exception'],
  ['/broken', 'server error'],
  ['/refused', 'console error'],
]) {
  test(`${kind} on ${path} is seen`, async (t) => {
    const page = await goodword.openPage(t);
    const kinds = await problemsOn(page, path);
    assert.ok(kinds.includes(kind), kinds.join());
  });
}

test('a refusal that the journey provokes is no problem', async (t) => {
  const page = await goodword.openPage(t, { refusals: [409] });
  assert.deepEqual(await problemsOn(page, '/refused'), []);
});

test('a problem fails a journey that never asks for problems', () => {
  const journey = fileURLToPath(new URL('dirty-journey.js', import.meta.url));
  const environment = { ...process.env };
  delete environment.NODE_TEST_CONTEXT;
  const { status, stdout } = spawnSync(process.execPath, ['--test', journey], { env: environment, encoding: 'utf8' });
  assert.equal(status, 1, stdout);
  assert.match(stdout, /console error: wrong on purpose/);
});

for (const [path, rule] of [
  ['/no-alternative', 'image-alt'],
  ['/faint', 'color-contrast'],
]) {
  test(`axe finds ${rule} under a strict content security policy`, async (t) => {
    const page = await goodword.openPage(t);
    await page.goto(path);
    assert.deepEqual((await axeViolations(page)).map((violation) => violation.rule), [rule]);
    await assert.rejects(expectNoAxeViolations(page), new RegExp(`${rule} at `));
  });
}

test('a person signs in as a role, and an unknown role is told', async (t) => {
  const page = await goodword.openPage(t);
  await goodword.signIn(page, 'program manager');
  const { pathname, searchParams } = new URL(page.url());
  assert.equal(pathname, '/signed-in');
  assert.equal(searchParams.get('email'), 'pia@goodword.example');
  assert.equal(searchParams.get('password'), 'two by two');
  await assert.rejects(goodword.signIn(page, 'astronaut'), /There are: seller, program manager/);
});

test('interactions are counted as a person would count them', async (t) => {
  const page = await goodword.openPage(t);
  await page.goto('/clean');
  const name = page.getByLabel('Name');
  const parts = [
    [1, 'a click', () => page.getByRole('button').click()],
    [1, 'a tick of a box by its label', () => page.getByText('Agreed').click()],
    [2, 'a text typed into a field and a click there', () => name.pressSequentially('Ada').then(() => name.click())],
    [1, 'a text that is filled in', () => name.fill('Grace')],
    [2, 'a key press and a shortcut', () => page.keyboard.press('Tab').then(() => page.keyboard.press('Control+k'))],
    [1, 'a choice in a list', () => page.getByLabel('Kind').selectOption('visit')],
    [0, 'moving and scrolling', () => page.mouse.move(10, 10).then(() => page.mouse.wheel(0, 100))],
  ];
  for (const [expected, what, part] of parts) {
    assert.equal(await countInteractions(page, part), expected, what);
  }
});

test('a count goes on over page loads, and a broken promise fails', async (t) => {
  const page = await goodword.openPage(t);
  const twoPages = async () => {
    await page.goto('/clean');
    await page.getByRole('button').click();
    await page.goto('/sign-in');
    await page.getByRole('button').click();
    await page.waitForURL('**/signed-in*');
  };
  assert.equal(await expectAtMostInteractions(page, 2, twoPages), 2);
  await assert.rejects(expectAtMostInteractions(page, 1, twoPages), /took 2 interactions, more than the 1 promised/);
});

test('pictures show the page at both widths in both themes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-pictures-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const page = await goodword.openPage(t);
  await page.goto('/clean');
  const files = await takePictures(page, 'clean', { folder });
  assert.deepEqual(
    files.map((file) => basename(file)),
    ['clean-1440-light.png', 'clean-390-light.png', 'clean-1440-dark.png', 'clean-390-dark.png'],
  );
  const pictures = files.map((file) => readFileSync(file));
  // A PNG tells its width and height in bytes 16 to 23.
  assert.deepEqual(
    pictures.map((picture) => [picture.readUInt32BE(16), picture.readUInt32BE(20)]),
    [[1440, 900], [390, 844], [1440, 900], [390, 844]],
  );
  assert.notDeepEqual(pictures[0], pictures[2], 'light and dark look different');
  assert.deepEqual(page.viewportSize(), { width: 1440, height: 900 });
});

test('a page too wide for a phone is refused', async (t) => {
  const page = await goodword.openPage(t, { viewport: { width: 390, height: 844 } });
  await page.goto('/wide');
  await assert.rejects(expectFitsWidth(page), /needs a width of \d+ px, the window has 390/);
});
