// Counts what a person does on a page, so that a journey can promise how little that is.
//
// One interaction is: a press of the pointer, a press of a key that is no plain modifier, or one text
// entered into one field, however long (typed, pasted or filled in). Moving, scrolling and reading do
// not count, and neither does what a script does without an event.

import assert from 'node:assert/strict';

import { catchUp } from './watch.js';

const counts = new WeakMap();

/** Runs in each page, before its own scripts. */
function reportInteractions() {
  const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'];
  /** The field that the last counted interaction was on, and whether it entered text there. */
  let field = null;
  let isTyping = false;

  const count = (target, typing) => {
    field = target;
    isTyping = typing;
    window.reportInteraction();
  };
  const takesText = (target) =>
    target instanceof HTMLTextAreaElement ||
    target?.isContentEditable === true ||
    (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit', 'range'].includes(target.type));

  // On the document: the driver stops a press that would meet something in the way on the window, and tries again.
  document.addEventListener('pointerdown', (event) => count(event.target, false), { capture: true });
  addEventListener(
    'keydown',
    (event) => {
      if (modifiers.includes(event.key) || event.repeat) return;
      const entersText =
        takesText(event.target) && !event.ctrlKey && !event.metaKey && (event.key.length === 1 || ['Backspace', 'Delete'].includes(event.key));
      if (entersText && isTyping && field === event.target) return;
      count(event.target, entersText);
    },
    { capture: true },
  );
  // Text that came without keys, and a choice in a list that opened outside of the page.
  addEventListener(
    'input',
    (event) => {
      const isChoice = event.target instanceof HTMLSelectElement && field !== event.target;
      const isText = takesText(event.target) && !(isTyping && field === event.target);
      if (isChoice || isText) count(event.target, isText);
    },
    { capture: true },
  );
}

/** Starts to count on all pages of a context. */
export async function watchInteractions(context) {
  counts.set(context, 0);
  await context.exposeBinding('reportInteraction', () => {
    counts.set(context, counts.get(context) + 1);
  });
  await context.addInitScript(reportInteractions);
}

/** How many interactions a part of a journey takes. */
export async function countInteractions(page, part) {
  const context = page.context();
  await catchUp(page);
  const before = counts.get(context);
  await part();
  await catchUp(page);
  return counts.get(context) - before;
}

/** Fails when a part of a journey takes more interactions than promised. */
export async function expectAtMostInteractions(page, interactionsMax, part) {
  const taken = await countInteractions(page, part);
  assert.ok(taken <= interactionsMax, `took ${taken} interactions, more than the ${interactionsMax} promised`);
  return taken;
}
