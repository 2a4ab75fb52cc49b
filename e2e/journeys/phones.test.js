// Lists and records under a thumb: the data begins in the upper half of a phone, what has no room is one
// press away, and everything can be hit. On a desk rows are as high as the reader chose.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { findUnservedDeal } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { expectFitsWidth } from '../lib/pictures.js';
import { targets } from '../lib/touch.js';

const goodword = useGoodword();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const NARROW = { viewport: { width: 360, height: 740 }, hasTouch: true };

const topOf = async (thing) => (await thing.boundingBox()).y;

for (const path of ['/accounts', '/accounts/contacts', '/advocates', '/opportunities', '/content?view=table']) {
  test(`on a phone the first row of ${path} stands in the upper half, and the tools in one row above it`, async (t) => {
    const page = await goodword.openPageAs(t, 'program', PHONE);
    await page.goto(path);
    const first = page.getByRole('rowheader').first();
    await first.waitFor();
    assert.ok((await topOf(first)) < PHONE.viewport.height / 2, `the first row begins at ${await topOf(first)} px`);
    const tools = page.getByRole('search');
    const rows = [tools.getByRole('searchbox'), tools.getByRole('button', { name: 'Filter' }), tools.getByRole('button', { name: 'More' })];
    const tops = await Promise.all(rows.map(topOf));
    assert.ok(Math.max(...tops) - Math.min(...tops) < 8, `the tools begin at ${tops} px`);
    assert.equal(await tools.getByRole('button', { name: 'Export' }).isVisible(), false);
    await tools.getByRole('button', { name: 'More' }).click();
    await tools.getByRole('button', { name: 'Export' }).waitFor();
    await expectNoAxeViolations(page);
  });
}

test('on a phone a deal shows when it closes and what it is worth without scrolling sideways', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/opportunities?status=open&limit=50');
  const deal = items.find((one) => one.amount && one.close_on);
  assert.ok(deal, 'No open deal has an amount and a day');
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto(`/opportunities?scope=all&q=${encodeURIComponent(deal.name)}`);
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: deal.name }) }).first();
  await row.waitFor();
  for (const cell of [row.locator('[data-label="Closes"]'), row.locator('[data-label="Amount"]')]) {
    const { x, width } = await cell.boundingBox();
    assert.ok(width > 0 && x + width <= PHONE.viewport.width, 'it stands beside the screen');
  }
  await row.getByRole('link', { name: deal.name }).click();
  await page.getByRole('heading', { level: 1, name: deal.name }).waitFor();
});

test('on a phone Find shows its first advocate above 400 px, with facets and options one press away', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', PHONE);
  await page.goto('/find');
  const first = page.getByRole('article').first();
  await first.waitFor();
  assert.ok((await topOf(first)) < 400, `the first card begins at ${await topOf(first)} px`);
  assert.equal(await page.getByLabel('Need by').isVisible(), false);
  await page.getByRole('button', { name: 'Deal, activity and day' }).click();
  await page.getByLabel('Need by').waitFor();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('group', { name: 'Industry' }).waitFor();
});

test('on a phone a record has what one does first, and the rest behind one button', async (t) => {
  const program = await goodword.callAs('program');
  const [advocate] = (await program.get('/advocates?status=active&limit=1')).items;
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto(`/advocates/${advocate.id}`);
  await page.getByRole('button', { name: 'Request', exact: true }).waitFor();
  const log = page.getByRole('main').getByRole('button', { name: 'Log a use' });
  assert.equal(await log.isVisible(), false);
  await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
  await log.click();
  await page.getByRole('dialog', { name: 'Log a use outside the system' }).waitFor();
});

for (const role of ['program', 'seller'])
  test(`at 360 px a finger hits every control of the main screens (${role})`, async (t) => {
    const caller = await goodword.callAs(role);
    const { items: deals } = await caller.get('/opportunities?limit=1');
    const { items: advocates } = await caller.get('/advocates?status=active&limit=1');
    const { items: requests } = await caller.get('/requests?limit=1');
    const records = [`/opportunities/${deals[0].id}`, `/advocates/${advocates[0].id}`, `/requests/${requests[0].id}`];
    const plan = ['/plan/gaps', '/plan/demand', '/plan/needs'];
    const tended = role === 'program' ? ['/approvals', '/steward', '/recruiting', '/taxonomy?facet=industry', '/settings/rules', '/plan/what-if'] : [];
    const page = await goodword.openPageAs(t, role, NARROW);
    for (const path of ['/', '/find', '/opportunities', '/advocates', '/accounts', '/content', '/requests', '/inbox', ...plan, ...tended, ...records]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const all = await targets(page);
      assert.ok(all.length > 5, `${path} has ${all.length} controls`);
      const missed = all.filter(({ isSmall }) => isSmall).map(({ name, tag, high, wide }) => `${tag} '${name}' ${wide} x ${high}`);
      assert.deepEqual(missed, [], `${path} has controls that a finger misses`);
    }
  });

test('rows of a list are 40 px high, and 32 px for who wants more on the screen', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  const heights = () =>
    page.locator('tbody tr:has(th)').evaluateAll((rows) => [...new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height)))]);
  for (const path of ['/accounts', '/accounts/contacts', '/advocates', '/opportunities', '/content?view=table']) {
    await page.goto(path);
    await page.getByRole('rowheader').first().waitFor();
    assert.deepEqual(await heights(), [40], path);
    await page.evaluate(() => localStorage.setItem('goodword-density', 'compact'));
    await page.reload();
    await page.getByRole('rowheader').first().waitFor();
    assert.deepEqual(await heights(), [32], path);
    await page.evaluate(() => localStorage.removeItem('goodword-density'));
  }
});

test('on a phone a switch that narrows a list shows on the button that it stands behind', async (t) => {
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto('/accounts?owner=me&locked=yes');
  const more = page.getByRole('search').getByRole('button', { name: 'More, 2 on' });
  await more.click();
  await page.getByRole('checkbox', { name: 'Not to be used' }).uncheck();
  await page.getByRole('search').getByRole('button', { name: 'More, 1 on' }).waitFor();
  await page.goto('/accounts');
  await page.getByRole('search').getByRole('button', { name: 'More', exact: true }).waitFor();
});

test('on a phone the help on a field is one press away inside a sheet, and the sheet stays', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', PHONE);
  await page.goto('/?new=nomination');
  const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
  await sheet.getByLabel('Name').fill('Nora Swift');
  await sheet.getByRole('button', { name: 'Help', exact: true }).click();
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('heading', { name: /Name/ }).waitFor();
  await help.getByRole('button', { name: 'Close' }).click();
  await help.waitFor({ state: 'detached' });
  assert.equal(await sheet.getByLabel('Name').inputValue(), 'Nora Swift');
});

for (const [role, path] of [
  ['admin', '/settings/audit'],
  ['seller', '/find?view=table'],
  ['program', '/metric'],
  ['program', '/load?list=most_used'],
  ['program', '/unmet-searches'],
])
  test(`on a phone a row of ${path} is a card, and nothing of it stands beside the screen`, async (t) => {
    const page = await goodword.openPageAs(t, role, PHONE);
    await page.goto(path);
    await page.getByRole('rowheader').first().waitFor();
    const beside = await page.locator('tbody tr:first-child > *').evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().right > innerWidth).length);
    assert.equal(beside, 0);
    await expectNoAxeViolations(page);
  });

test('on a phone the recruiting board shows one stage at a time', async (t) => {
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto('/recruiting');
  const stage = (name) => page.getByRole('region', { name });
  await stage('Nominated').waitFor();
  assert.equal(await stage('Vetting').isVisible(), false);
  await page.getByRole('radiogroup', { name: 'Stage' }).getByText('Vetting', { exact: true }).click();
  await stage('Vetting').waitFor();
  assert.equal(await stage('Nominated').isVisible(), false);
  await expectNoAxeViolations(page);
});

test('on a phone a request in the list is a few lines, with the step that it stands at', async (t) => {
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto('/requests');
  const rows = page.getByRole('article');
  await rows.first().waitFor();
  const heights = await rows.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  heights.sort((one, other) => one - other);
  const middle = heights[Math.floor(heights.length / 2)];
  assert.ok(middle < 220, `half of them are higher than ${middle} px`);
});

test('on a phone the rest of what one can do with a deal or a request stands beside its title', async (t) => {
  const program = await goodword.callAs('program');
  const [request] = (await program.get('/requests?open=true&limit=1')).items;
  const page = await goodword.openPageAs(t, 'program', PHONE);
  await page.goto(`/requests/${request.id}`);
  const main = page.getByRole('main');
  const more = main.getByRole('button', { name: 'More', exact: true });
  await more.waitFor();
  assert.ok(Math.abs((await topOf(more)) - (await topOf(main.getByRole('heading', { level: 1 })))) < 20);
  await more.click();
  await main.getByRole('button', { name: 'Close without a reference' }).waitFor();
  await main.getByRole('link', { name: 'Requests' }).click();
  await page.waitForURL(/requests$/);
});

test('on a phone a company of one very long word needs no scrolling sideways on cards, boards and in a closer look', async (t) => {
  const [program, seller] = await Promise.all(['program', 'seller'].map(goodword.callAs));
  const rename = async (record, name) => {
    const { version } = await program.get(record);
    await program.change(record, { name }, version);
  };
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
  const { deal, matches } = await findUnservedDeal(seller);
  await rename(`/accounts/${matches[0].account}`, long);
  const [nominee] = (await program.get('/advocates?status=nominated&limit=1')).items;
  const { contact_id: contact } = await program.get(`/advocates/${nominee.id}`);
  await rename(`/contacts/${contact}`, long);
  const looks = [
    ['seller', `/opportunities/${deal.id}`],
    ['seller', `/opportunities/${deal.id}?peek=${matches[0].advocate}`],
    ['seller', `/advocates/${matches[0].advocate}`],
    ['program', `/accounts/${matches[0].account}`],
    ['program', '/recruiting'],
  ];
  for (const [role, path] of looks) {
    const page = await goodword.openPageAs(t, role, NARROW);
    await page.goto(path);
    await page.getByText(long).filter({ visible: true }).first().waitFor();
    await expectFitsWidth(page);
  }
});
