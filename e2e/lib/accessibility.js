// Looks for mistakes that shut people out, with every rule of axe.

import assert from 'node:assert/strict';

import axe from 'axe-core';

/** Every rule, and one that WCAG 2.2 asks for and axe leaves out unless told. */
const ALL = { rules: { 'target-size': { enabled: true } } };
/** What a theme alone decides. */
const OF_THEME = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** Runs in the page. */
async function findViolations(rules) {
  const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...rules });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ rule: id, help, place: target.join(' '), why: failureSummary })),
  );
}

/** Ends every animation that would end by itself, and waits for fonts: half-faded text has no contrast. */
export async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      const { endTime } = animation.effect.getComputedTiming();
      if (Number.isFinite(endTime)) animation.finish();
    }
  });
}

/** What is hard to read in the theme that the page has now; the other rules know no theme. */
export async function paleViolations(page) {
  await settle(page);
  return page.evaluate(findViolations, OF_THEME);
}

/** All that axe finds on the page as it is now. */
export async function axeViolations(page) {
  // A row that has gone halfway under the bar on top is no fault of the page.
  await page.evaluate(() => window.scrollTo(0, 0));
  await settle(page);
  // Through the debugger, because a good content security policy stops an injected script element.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: `if (!window.axe) { ${axe.source} }` });
  await session.detach();
  return page.evaluate(findViolations, ALL);
}

/** Fails with the place and the reason of each violation, by all rules when not said otherwise. */
export async function expectNoAxeViolations(page, find = axeViolations) {
  const violations = await find(page);
  const told = violations.map(({ rule, help, place, why }) => `${rule} at ${place}: ${help}\n  ${why.replaceAll('\n', '\n  ')}`);
  assert.equal(violations.length, 0, `axe found ${violations.length} violations on ${page.url()}:\n${told.join('\n')}`);
}
