// The main paths with the keys alone: no pointer, no field that is filled without having the focus.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findUnservedDeal, giveAccount } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { choose, goWithPalette, press, reach, useKeysOnly, walkTo } from '../lib/keyboard.js';

const goodword = useGoodword();

/** Somebody at their home page, without a pointer. */
async function atHome(t, role) {
  const page = await goodword.openPageAs(t, role);
  await useKeysOnly(page);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const type = (page, words) => page.keyboard.type(words);

/** A request of the seller for as many advocates as are wanted, all in the hands of the owner. */
async function askOwner(wanted) {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(goodword.callAs));
  const { deal, matches } = await findUnservedDeal(seller);
  const free = matches.filter(({ availability }) => availability.state === 'free').slice(0, wanted);
  assert.equal(free.length, wanted, `only ${free.length} of ${wanted} advocates are free`);
  for (const { account } of free) await giveAccount(program, account, owner);
  const ask = { opportunity_id: deal.id, activity: 'reference_call', need_by: dayAhead(seller.session.today) };
  const made = await seller.post('/requests', { ...ask, advocates: free.map(({ advocate }) => advocate) });
  return { seller, deal, made };
}

/** A day that is far enough away to be no rush. */
function dayAhead(today) {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 30);
  return day.toISOString().slice(0, 10);
}

test('an owner approves one request and declines another with a reason, by keyboard alone', async (t) => {
  const { seller, deal, made } = await askOwner(2);
  const states = async () => (await seller.get(`/requests/${made.id}`)).candidates.map(({ state }) => state).sort();
  const page = await atHome(t, 'owner');
  await goWithPalette(page, 'Approvals');
  const rows = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('article').filter({ hasText: deal.name }) });
  await walkTo(page, rows.nth(1));
  await page.keyboard.press('a');
  await page.getByText('Approved', { exact: true }).first().waitFor();
  assert.deepEqual(await states(), ['advocate_asked', 'owner_asked']);

  await rows.nth(1).waitFor({ state: 'detached' });
  await walkTo(page, rows.first(), { key: 'k' });
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.ok(await dialog.getByLabel('Reason').evaluate((field) => field === document.activeElement), 'one types at once');
  await type(page, 'They are in the middle of a renewal');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(await states(), ['advocate_asked', 'declined']);
});

test('a colleague is nominated from any page, by keyboard alone', async (t) => {
  const [seller, program] = await Promise.all(['seller', 'program'].map(goodword.callAs));
  const { items } = await seller.get('/accounts');
  const page = await atHome(t, 'seller');
  await goWithPalette(page, 'My requests');
  await goWithPalette(page, 'Nominate an advocate');
  const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
  await reach(page, sheet.getByLabel('Company'));
  await type(page, items[0].name);
  await reach(page, sheet.getByRole('textbox', { name: 'Name', exact: true }));
  await type(page, 'Wilhelmina Keys');
  await reach(page, sheet.getByLabel('Why this person?'));
  await type(page, 'They told us unasked how well the move went.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Wilhelmina Keys is with the program team.').waitFor();
  const found = await program.get('/advocates?status=nominated&q=Wilhelmina');
  assert.deepEqual(found.items.map(({ account }) => account.id), [items[0].id]);
});

test('two are shortlisted, compared, and one of them asked for, by keyboard alone', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const page = await atHome(t, 'seller');
  await goWithPalette(page, 'Find');
  await page.getByRole('list', { name: 'Results' }).getByRole('article').nth(1).waitFor();
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await page.waitForURL((url) => url.searchParams.has('pick'));
  await page.keyboard.press('c');
  const compared = page.getByRole('dialog', { name: 'Compare side by side' });
  const ask = compared.getByRole('button', { name: /^Request / });
  await ask.nth(1).waitFor();
  assert.equal(await ask.count(), 2);
  const asked = (await ask.nth(1).getAttribute('aria-label')).replace(/^Request /, '');
  await press(page, ask.nth(1));

  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await reach(page, sheet.getByRole('combobox', { name: 'Opportunity' }).or(sheet.getByRole('textbox', { name: 'Opportunity' })));
  await choose(page, deal.name);
  await reach(page, sheet.getByLabel('What should the buyer hear?'));
  await type(page, 'How long did the move take?');
  await page.keyboard.press('Control+Enter');
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  const { items } = await seller.get(`/requests?scope=mine&opportunity=${deal.id}`);
  assert.deepEqual(items.map(({ candidates }) => candidates[0].advocate.display_name), [asked]);
});

/** Whether something gets the focus while one waits for it. */
const isGivenFocus = (thing) =>
  thing.evaluate(
    (element) =>
      new Promise((resolve) => {
        const look = (left) => (element === document.activeElement ? resolve(true) : left > 0 ? setTimeout(look, 20, left - 1) : resolve(false));
        look(250);
      }),
  );

const FILE = ['Account Name,Website,Employees', 'Tallow Works,tallowworks.example,120', 'Tallow Works Ltd,,140'].join('\n');
const namesOf = async (program, q) => (await program.get(`/accounts?q=${encodeURIComponent(q)}`)).items.map(({ name }) => name).sort();

test('a file is imported and the two companies in it that are one are merged, by keyboard alone', async (t) => {
  const program = await goodword.callAs('program');
  const page = await atHome(t, 'program');
  await goWithPalette(page, 'Imports');
  const choosing = page.waitForEvent('filechooser');
  await press(page, page.getByRole('button', { name: 'Choose a file' }));
  await (await choosing).setFiles({ name: 'companies.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await press(page, page.getByRole('button', { name: 'Import 2 rows' }));
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  assert.deepEqual(await namesOf(program, 'Tallow'), ['Tallow Works', 'Tallow Works Ltd']);

  await goWithPalette(page, 'Probable duplicates');
  await press(page, page.getByRole('button', { name: 'Look again' }));
  const queue = page.getByRole('list', { name: 'Probable duplicates' });
  const pair = queue.getByRole('listitem').filter({ hasText: 'Tallow Works Ltd' });
  assert.ok(await isGivenFocus(queue), 'Enter is for the chosen pair, not for another look');
  await walkTo(page, pair);
  await page.keyboard.press('Enter');
  const stays = page.getByRole('radio', { name: /^Keep / });
  await stays.first().waitFor();
  await reach(page, stays.first());
  const kept = page.getByRole('radio', { name: 'Keep Tallow Works', exact: true });
  if (!(await kept.isChecked())) await page.keyboard.press('ArrowDown');
  await press(page, page.getByRole('button', { name: 'Merge into Tallow Works', exact: true }));
  await page.getByText('Tallow Works Ltd went into another record').waitFor();
  assert.deepEqual(await namesOf(program, 'Tallow'), ['Tallow Works']);
});

test('a term gets another way to be written, by keyboard alone', async (t) => {
  const program = await goodword.callAs('program');
  const page = await atHome(t, 'program');
  await goWithPalette(page, 'Taxonomy');
  await reach(page, page.getByRole('searchbox', { name: /terms/i }));
  const { items: terms } = await program.get('/terms?facet=industry');
  const term = terms.find((one) => !one.retired && one.merged_into === null && one.synonyms.length > 0);
  await type(page, term.name);
  await press(page, page.getByRole('button', { name: term.name, exact: true }));
  const sheet = page.getByRole('dialog', { name: term.name });
  await reach(page, sheet.getByRole('combobox', { name: 'Also written' }));
  await type(page, 'Sopwithkeys');
  await page.keyboard.press('Enter');
  await press(page, sheet.getByRole('button', { name: 'Save' }));
  await page.getByText('Term saved').waitFor();
  const { items: after } = await program.get('/terms?facet=industry');
  assert.deepEqual(after.find(({ id }) => id === term.id).synonyms.toSorted(), [...term.synonyms, 'Sopwithkeys'].sort());
});

test('a story is sent to a buyer with a link, by keyboard alone', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const page = await atHome(t, 'seller');
  await goWithPalette(page, 'Content');
  const send = page.getByRole('button', { name: /^Send .* to a buyer$/ }).first();
  await press(page, send);
  const sheet = page.getByRole('dialog', { name: 'Send to a buyer' });
  await reach(page, sheet.getByRole('combobox', { name: 'Deal' }).or(sheet.getByRole('textbox', { name: 'Deal' })));
  await choose(page, deal.name);
  await press(page, sheet.getByRole('button', { name: 'Make link' }));
  const link = await sheet.getByLabel('Link', { exact: true }).inputValue();
  assert.match(link, /\/s\/[\w-]{43}$/);
  const shares = await seller.get(`/opportunities/${deal.id}/shares`);
  assert.equal((shares.items ?? shares).length, 1);
});

test('somebody opens a request of theirs and withdraws it with a reason, by keyboard alone', async (t) => {
  const { seller, deal, made } = await askOwner(1);
  const page = await atHome(t, 'seller');
  await goWithPalette(page, 'My requests');
  await press(page, page.getByRole('article').getByRole('link', { name: deal.name }));
  await press(page, page.getByRole('button', { name: 'Withdraw request' }));
  const dialog = page.getByRole('dialog', { name: 'Withdraw this request?' });
  await reach(page, dialog.getByLabel('Reason'));
  await type(page, 'The buyer decided without a call');
  await press(page, dialog.getByRole('button', { name: 'Withdraw request' }));
  await dialog.waitFor({ state: 'detached' });
  const ended = await seller.get(`/requests/${made.id}`);
  assert.equal(ended.status, 'withdrawn');
  assert.deepEqual(ended.candidates.map(({ state }) => state), ['declined']);
  const story = await seller.get(`/requests/${made.id}/timeline`);
  assert.ok(JSON.stringify(story).includes('The buyer decided without a call'), 'the reason is kept');
});

test('the palette asks the best match of the deal that is open, by keyboard alone', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const page = await atHome(t, 'seller');
  await page.goto(`/opportunities/${deal.id}`);
  await page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true }).first().waitFor();
  await goWithPalette(page, `Request ${matches[0].display_name}`);
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByLabel('What should the buyer hear?').waitFor();
  await type(page, 'How long the move took');
  await page.keyboard.press('Control+Enter');
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
});
