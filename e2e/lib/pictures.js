// Shows a page as people have it before them: on a desk and on a phone, light and dark.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { axeViolations, expectNoAxeViolations, paleViolations, settle } from './accessibility.js';

const FOLDER = fileURLToPath(new URL('../pictures', import.meta.url));
const README_FOLDER = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES = ['light', 'dark'];
const NARROW = { width: 360, height: 740 };

/** Does something in each of the four looks, and leaves the page in the one that it had. */
export async function inEveryLook(page, work) {
  const size = page.viewportSize();
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const { width, height } of SIZES) {
      await page.setViewportSize({ width, height });
      await work({ width, theme });
    }
  }
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null });
}

/** Fails when a person would have to scroll sideways. */
export async function expectFitsWidth(page) {
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(needed <= given, `${page.url()} needs a width of ${needed} px, the window has ${given}`);
}

/** Takes NAME-WIDTH-THEME.png in each look; answers with the files. Fails where the page is too wide. */
export async function takePictures(page, name, { folder = FOLDER } = {}) {
  await mkdir(folder, { recursive: true });
  const files = [];
  await inEveryLook(page, async ({ width, theme }) => {
    await settle(page);
    await expectFitsWidth(page);
    const path = join(folder, `${name}-${width}-${theme}.png`);
    await page.screenshot({ path });
    files.push(path);
  });
  return files;
}

/** Takes pictures of a page that has come to rest; fails where it shuts people out or is too wide. */
export async function look(page, name) {
  await page.waitForLoadState('networkidle');
  await takePictures(page, name);
  // What is not of the theme was looked at in the light one.
  await inEveryLook(page, ({ theme }) => expectNoAxeViolations(page, theme === 'dark' ? paleViolations : axeViolations));
  const size = page.viewportSize();
  await page.setViewportSize(NARROW);
  await settle(page);
  await expectFitsWidth(page);
  await page.setViewportSize(size);
}

/**
 * Takes the picture that the README shows as docs/pictures/readme-NAME.png. It is tracked, and the
 * days on it move with the calendar, so it is taken only where GOODWORD_README_PICTURES asks for it.
 */
export async function takeReadmePicture(page, name) {
  if (!process.env.GOODWORD_README_PICTURES) return;
  await mkdir(README_FOLDER, { recursive: true });
  await page.emulateMedia({ colorScheme: 'light' });
  await settle(page);
  await page.screenshot({ path: join(README_FOLDER, `readme-${name}.png`) });
  await page.emulateMedia({ colorScheme: null });
}
