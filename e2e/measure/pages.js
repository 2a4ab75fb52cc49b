// Measures the web app as a browser meets it: how long until the largest piece of a screen is painted
// (LCP), how long the slowest of a few interactions takes until the next paint (INP), and how long after
// a deal is opened its prefilled matches stand there. Chromium's own measures are read, as in
// https://web.dev/articles/lcp and https://web.dev/articles/inp, which judge the third quartile of visits.
//
// Usage: node measure/pages.js [--scale 20] [--visits 8]; bench/pages runs it.
// Prints Markdown and fails where a gate is missed.

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { callAs } from '../lib/api.js';
import { launchBrowser } from '../lib/journeys.js';
import { startProgram } from '../lib/program.js';
import { quantile, report } from './report.js';

const LCP_MS_MAX = 1500;
const INP_MS_MAX = 100;
const PREFILLED_MS_MAX = 200;
const WHAT_IF_MS_MAX = 200;

const { values: given } = parseArgs({ options: { scale: { type: 'string', default: '20' }, visits: { type: 'string', default: '8' } } });
const VISITS = Number(given.visits);

/** Runs in each page before its own scripts: keeps what the browser measures. */
function keepMeasures() {
  window.measured = { lcp: 0, events: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.measured.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.measured.events.push({ name: entry.name, ms: entry.duration });
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

/** What a person does on a screen once it stands; each step is one or more interactions. */
const type = (selector, words) => async (page) => page.locator(selector).first().pressSequentially(words, { delay: 60 });
const press = (...keys) => async (page) => {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
};
const palette = async (page) => {
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(150);
  await page.keyboard.type('health', { delay: 60 });
  await page.waitForTimeout(200);
  await page.keyboard.press('Escape');
};

/** The screens: role, name, address, and what is done there. */
async function screens(callers) {
  const seller = callers.get('seller');
  const program = callers.get('program');
  const { items: deals } = await seller.get('/opportunities?scope=mine&status=open&sort=close_on&limit=20');
  const { items: advocates } = await program.get('/advocates?limit=1');
  const { items: accounts } = await program.get('/accounts?limit=1');
  return [
    ['seller', 'Home', '/', palette],
    ['seller', 'Find', '/find', type('input[type=search], main input', 'healthcare cloud ')],
    ['seller', 'Opportunity', `/opportunities/${deals[0].id}`, press('j', 'j', 'k', 'Space', 'Escape')],
    ['seller', 'My requests', '/requests', palette],
    ['owner', 'Home', '/', palette],
    ['owner', 'Approvals', '/approvals', palette],
    ['program', 'Home', '/', palette],
    ['program', 'Accounts', '/accounts', type('main input', 'me')],
    ['program', 'Contacts', '/accounts/contacts', type('main input', 'an')],
    ['program', 'Advocates', '/advocates', type('main input', 'an')],
    ['program', 'Opportunities', '/opportunities', type('main input', 'pl')],
    ['program', 'Advocate', `/advocates/${advocates[0].id}`, palette],
    ['program', 'Account', `/accounts/${accounts[0].id}`, palette],
    ['program', 'Recruiting', '/recruiting', palette],
    ['program', 'Gaps', '/plan/gaps', palette],
    ['executive', 'Metric', '/metric', palette],
  ];
}

async function openContext(browser, program, caller) {
  const context = await browser.newContext({ baseURL: program.address, viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  await context.addInitScript(keepMeasures);
  await context.addCookies([caller.cookie]);
  return context;
}

/** One visit with an empty cache: the painted moment and the slowest interaction. */
async function visit(browser, program, caller, path, doThings) {
  const context = await openContext(browser, program, caller);
  try {
    const page = await context.newPage();
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    // The browser tells of a paint a moment later, and of the largest for the last time with the first key.
    await page.waitForFunction(() => window.measured.lcp > 0);
    const lcp = await page.evaluate(() => window.measured.lcp);
    await doThings(page);
    await page.waitForTimeout(400);
    const events = await page.evaluate(() => window.measured.events);
    // An event under 16 ms is not told of: such a visit counts as 16.
    return { lcp, inp: Math.max(16, ...events.map(({ ms }) => ms)) };
  } finally {
    await context.close();
  }
}

/** From the press on a deal in the seller's list to the first card of a match, in one page that stays open. */
async function prefilled(browser, program, caller, visits) {
  const context = await openContext(browser, program, caller);
  try {
    const page = await context.newPage();
    const { items } = await caller.get(`/opportunities?scope=mine&status=open&sort=close_on&limit=${visits}`);
    const taken = [];
    for (const { name } of items) {
      await page.goto('/opportunities?scope=mine&status=open&sort=close_on');
      const link = page.getByRole('link', { name }).first();
      await link.waitFor();
      await page.waitForLoadState('networkidle');
      taken.push(await link.evaluate(untilMatches));
    }
    return taken;
  } finally {
    await context.close();
  }
}

/** Runs in the page: presses the link and answers with the milliseconds until a match is painted. */
function untilMatches(link) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const watching = new MutationObserver(() => {
      if (document.querySelector('main ol article') === null) return;
      watching.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - began));
    });
    watching.observe(document.body, { subtree: true, childList: true });
    setTimeout(() => reject(new Error('no match came within ten seconds')), 10_000);
    link.click();
  });
}

/** Changes of a plan as somebody would try them one after the other. */
const CHANGES = [
  { rest_days: 60 },
  { need_rate: 0.4 },
  { uses_per_advocate: 3 },
  { account_cap: 1 },
  { references: 1.5 },
  { reach_rate: 0.7 },
];

/** A different change each time, over HTTP as the page asks for it. */
async function whatIf(caller) {
  const cut = { facets: ['industry', 'product'], window_ends: [30, 60, 90], broad: true, activity: 'reference_call' };
  // The plan as it is: the page has asked for it before anybody changes something.
  await caller.post('/plan/what-if', { ...cut, changes: {} });
  const taken = [];
  for (const changes of CHANGES) {
    const began = performance.now();
    await caller.post('/plan/what-if', { ...cut, changes });
    taken.push(performance.now() - began);
  }
  return taken;
}

const program = await startProgram({ scale: Number(given.scale), seed: 1, readyMs: 300_000 });
const browser = await launchBrowser();
try {
  const callers = new Map();
  for (const role of ['seller', 'owner', 'program', 'executive']) callers.set(role, await callAs(program, role));
  const rows = [];
  const add = (name, measure, values, most, share = 0.75) =>
    rows.push({ name, measure, p50: quantile(values, 0.5), judged: quantile(values, share), share, most });
  for (const [role, name, path, doThings] of await screens(callers)) {
    const seen = [];
    for (let turn = 0; turn < VISITS; turn += 1) seen.push(await visit(browser, program, callers.get(role), path, doThings));
    add(`${name}, ${role}`, 'LCP', seen.map(({ lcp }) => lcp), LCP_MS_MAX);
    add(`${name}, ${role}`, 'INP', seen.map(({ inp }) => inp), INP_MS_MAX);
  }
  add('A deal is opened from the list', 'matches painted', await prefilled(browser, program, callers.get('seller'), 20), PREFILLED_MS_MAX, 0.95);
  add('What-if, a change', 'answered', await whatIf(callers.get('program')), WHAT_IF_MS_MAX, 0.95);
  report({
    title: 'Pages in a browser',
    lead: `Demo company at scale ${given.scale}, SQLite, ${VISITS} visits with an empty cache each, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}. Milliseconds; server and browser share the cores.`,
    rows,
  });
} finally {
  await browser.close();
  await program.stop();
}
