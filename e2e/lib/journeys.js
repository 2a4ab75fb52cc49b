// What a file of journeys starts with: the program, a browser, pages that fail their test when
// something is wrong on them, and the way in.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

import { callAs } from './api.js';
import { watchInteractions } from './interactions.js';
import { startProgram } from './program.js';
import { catchUp, watch } from './watch.js';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing leaves the machine, whatever a page asks for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** How long a page may take for one step, on a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;

/** Starts Chromium with a profile of its own, which goes away with it. */
export function launchBrowser() {
  return chromium.launch({ executablePath: process.env.GOODWORD_CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
}

/**
 * Starts the program and a browser before the tests of a file and stops both after them. The answer
 * has `openPage(t, options)` and `signIn(page, role)` for the tests, `openPageAs(t, role, options)`
 * where signing in is not what is looked at, and `callAs(role)` to set up and to look behind the
 * pages. `prepare` is called with this answer before the first test; the other options are those of
 * `startProgram`.
 */
export function useGoodword({ prepare = async () => {}, ...options } = {}) {
  let program;
  let browser;
  before(async () => {
    program = await startProgram(options);
    browser = await launchBrowser();
    await prepare(goodword);
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
  });
  const callers = new Map();
  const callerOf = (role) => {
    if (!callers.has(role)) callers.set(role, callAs(program, role));
    return callers.get(role);
  };
  const goodword = {
    program: () => program,
    openPage: (t, pageOptions) => openPage(t, browser, program, pageOptions),
    signIn: (page, role) => signIn(page, program.signIns, role),
    callAs: callerOf,
    openPageAs: async (t, role, pageOptions) => {
      const page = await openPage(t, browser, program, pageOptions);
      await page.context().addCookies([(await callerOf(role)).cookie]);
      return page;
    },
  };
  return goodword;
}

/**
 * A page in a context of its own. After the test it is closed, and the test fails when the page saw
 * a problem that the test did not take. `refusals` lists the 4xx answers provoked on purpose.
 */
export async function openPage(t, browser, program, { refusals = [], ...contextOptions } = {}) {
  const context = await browser.newContext({
    baseURL: program.address,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
    ...contextOptions,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const problems = await watch(context, program.address, { refusals });
  await watchInteractions(context);
  const page = await context.newPage();
  problemsOf.set(page, problems);
  t.after(async () => {
    const left = await takeProblems(page);
    await context.close();
    const told = left.map(({ kind, text }) => `${kind}: ${text}`).join('\n');
    assert.equal(left.length, 0, `The program's last words:\n${program.log().slice(-4000)}\nThe page had ${left.length} problems:\n${told}`);
  });
  return page;
}

const problemsOf = new WeakMap();

/** Takes the problems seen so far on the page's context, so that they do not fail the test. */
export async function takeProblems(page) {
  await catchUp(page);
  return problemsOf.get(page).splice(0);
}

/** The option of a record in the list that is open, whatever the record and its neighbours are called. */
export const optionOf = (page, id) => page.locator(`[role="option"][value="${id}"]:visible`);

/** Signs in as the demo person of a role, by hand as a person does. */
export async function signIn(page, signIns, role) {
  const known = signIns.get(role.toLowerCase());
  assert.ok(known, `There is no demo sign-in for '${role}'. There are: ${[...signIns.keys()].join(', ') || 'none'}`);
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: /e-?mail/i }).fill(known.email);
  await page.locator('input[type="password"]').fill(known.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
