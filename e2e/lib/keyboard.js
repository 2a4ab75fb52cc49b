// Works a page with the keys alone, as somebody does who has no pointer or cannot use one.

import assert from 'node:assert/strict';

const TABS_MAX = 120;
const MOVES_MAX = 60;

/** Runs in each page: whoever uses a pointer after all is told by the console, which fails the test. */
function refusePointer() {
  addEventListener('pointerdown', () => console.error('A pointer was used where only keys are allowed'), { capture: true });
}

/** From now on the pages of this page's context fail their test when a pointer is used. */
export async function useKeysOnly(page) {
  await page.context().addInitScript(refusePointer);
}

/** Whether a control has the focus. */
const hasFocus = (control) => control.evaluate((element) => element === document.activeElement);

/** What has the focus, as somebody would call it. */
const nameOfFocus = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element.tagName.toLowerCase()} '${(element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 40)}'`;
  });

/**
 * Presses Tab (or Shift+Tab) until a control has the focus, and makes sure that it lies in the window
 * and that the browser marks it. Answers with the number of presses.
 */
export async function reach(page, control, { key = 'Tab' } = {}) {
  await control.waitFor();
  const way = [];
  for (let presses = 0; presses <= TABS_MAX; presses += 1) {
    if (await hasFocus(control)) {
      await expectSeen(control);
      return presses;
    }
    await page.keyboard.press(key);
    way.push(await nameOfFocus(page));
  }
  throw new Error(`${control} was not reached with ${TABS_MAX} presses of ${key}. The last ones reached ${way.slice(-8).join(', ')}`);
}

/** The focus is inside of the window, and the style sheet is told to mark it. */
async function expectSeen(control) {
  const seen = await control.evaluate((element) => {
    // A hidden box is drawn by what stands for it.
    const shown = element.type === 'radio' || element.type === 'checkbox' ? (element.closest('label') ?? element.parentElement) : element;
    const { top, left, bottom, right } = shown.getBoundingClientRect();
    return {
      isInside: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
      isMarked: element.matches(':focus-visible'),
    };
  });
  assert.deepEqual(seen, { isInside: true, isMarked: true }, `the focus on ${control} cannot be seen`);
}

/** Reaches a control and presses Enter on it. */
export async function press(page, control, options) {
  await reach(page, control, options);
  await page.keyboard.press('Enter');
}

/** Goes somewhere, or starts something, with the palette. */
export async function goWithPalette(page, name, { delay } = {}) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name, { delay });
  const first = page.getByRole('listbox').getByRole('option').first();
  await first.filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

/** Chooses in the list of the field that has the focus: the arrow moves, Enter takes. */
export async function choose(page, name) {
  const chosen = page.locator('[role=option][data-combobox-selected]');
  for (let moves = 0; moves < MOVES_MAX; moves += 1) {
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    if ((await chosen.count()) === 1 && (await chosen.innerText()).trim() === name) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`'${name}' was not reached with ${MOVES_MAX} presses of the arrow`);
}

/** Moves with J (or K) to a row of a list that is worked through by keyboard. */
export async function walkTo(page, row, { key = 'j' } = {}) {
  await row.waitFor();
  for (let moves = 0; moves < MOVES_MAX; moves += 1) {
    if ((await row.getAttribute('aria-current')) === 'true') return;
    await page.keyboard.press(key);
  }
  throw new Error(`${row} was not reached with ${MOVES_MAX} presses of ${key.toUpperCase()}`);
}
