// What happens to a request off the straight path: somebody says no, nobody is named, no use is left.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { findUnservedDeal, giveAccount } from '../lib/company.js';
import { optionOf, useGoodword } from '../lib/journeys.js';
import { inEveryLook } from '../lib/pictures.js';

const goodword = useGoodword();

const NEED_DAYS = 30;

/** A day that is far enough away to be no rush. */
function dayAhead(today) {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + NEED_DAYS);
  return day.toISOString().slice(0, 10);
}

/** A page of somebody at an address. */
async function at(t, role, path, options) {
  const page = await goodword.openPageAs(t, role, options);
  await page.goto(path);
  return page;
}

/** The seller's own deal, as many of its matches as are needed, all in the owner's hands. */
async function company(wanted) {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(goodword.callAs));
  const { deal } = await findUnservedDeal(seller);
  const need_by = dayAhead(seller.session.today);
  const { rows } = await seller.post('/matches', { opportunity_id: deal.id, activity: 'reference_call', need_by });
  const free = rows.filter(({ availability }) => availability.state === 'free').slice(0, wanted);
  assert.equal(free.length, wanted, `only ${free.length} of ${wanted} advocates are free`);
  for (const one of free) await giveAccount(program, one.account, owner);
  const ask = { opportunity_id: deal.id, activity: 'reference_call', need_by };
  return { seller, owner, program, deal, free, ask };
}

const stateOf = (request, advocate) => request.candidates.find((one) => one.advocate.id === advocate).state;

test('an owner and an advocate say no, each with a reason, and the next in line is asked', async (t) => {
  const { seller, program, deal, free, ask } = await company(5);
  const made = await seller.post('/requests', { ...ask, advocates: free.map(({ advocate }) => advocate) });
  assert.deepEqual(
    free.map(({ advocate }) => stateOf(made, advocate)),
    ['owner_asked', 'owner_asked', 'owner_asked', 'proposed', 'proposed'],
  );

  const owner = await at(t, 'owner', '/approvals');
  const cards = owner.getByRole('article').filter({ hasText: deal.name });
  await cards.first().getByRole('button', { name: 'Decline' }).click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('They are in the middle of a renewal');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await dialog.waitFor({ state: 'detached' });
  const afterOwner = await seller.get(`/requests/${made.id}`);
  assert.equal(stateOf(afterOwner, free[3].advocate), 'owner_asked', 'the next in line is asked');

  const next = afterOwner.candidates.find(({ state }) => state === 'owner_asked');
  const approved = await program.act(`/candidates/${next.id}/approve`, {}, next.version);
  const asked = approved.candidates.find(({ id }) => id === next.id);
  const link = await program.act(`/candidates/${asked.id}/link`, undefined, asked.version);
  const advocate = await goodword.openPage(t);
  await advocate.goto(new URL(link.url).pathname);
  await advocate.getByText('About 30 minutes of your time').waitFor();
  await advocate.getByText(/at Larkspur asks/).waitFor();
  await advocate.getByRole('button', { name: 'Decline' }).click();
  await advocate.getByLabel('Reason (optional)').fill('On leave');
  await advocate.getByRole('button', { name: 'Send no' }).click();
  await advocate.getByText('Noted, thank you for answering').waitFor();
  assert.equal(stateOf(await seller.get(`/requests/${made.id}`), free[4].advocate), 'owner_asked');

  const page = await at(t, 'seller', `/requests/${made.id}`);
  await page.getByText('They are in the middle of a renewal').waitFor();
  await page.getByText('Declined by the advocate').waitFor();
  await expectNoAxeViolations(page);
});

test('an owner says yes to two at once and to one with conditions, by keyboard, and suggests somebody else', async (t) => {
  const { seller, deal, free, ask } = await company(5);
  const [other, ...named] = free.map(({ advocate }) => advocate);
  const made = await seller.post('/requests', { ...ask, wanted: 4, advocates: named });
  const page = await at(t, 'owner', '/approvals', { refusals: [422] });
  const cards = page.getByRole('article').filter({ hasText: deal.name });
  await cards.nth(3).waitFor();
  // The newest ask is not the most urgent one: J goes to the first card of this deal.
  const toOurs = async () => {
    for (let step = 0; step < 30; step += 1) {
      if (await page.locator('li[aria-current]').filter({ hasText: deal.name }).count()) return;
      await page.keyboard.press('j');
    }
    assert.fail('no card of this deal was reached');
  };
  await toOurs();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: /with conditions/ });
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await dialog.getByLabel('Not before').fill('2001-01-01');
  await dialog.getByLabel('Condition').focus();
  await page.keyboard.type('By e-mail only');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await dialog.getByText('Choose a day from today on, at most a year ahead.').first().waitFor();
  const from = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Not before').fill(from);
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await dialog.waitFor({ state: 'detached' });
  const agreed = (await seller.get(`/requests/${made.id}`)).candidates.find(({ conditions }) => conditions);
  assert.deepEqual(
    [agreed.conditions, agreed.planned_on >= from],
    [{ not_before: from, words: 'By e-mail only' }, true],
  );

  await cards.nth(0).getByRole('checkbox').check();
  await cards.nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Approve 2' }).click();
  await page.getByText('2 approved').waitFor();

  await cards.first().getByRole('button', { name: 'Decline' }).click();
  const declining = page.getByRole('dialog');
  await declining.getByLabel('Reason').fill('In the middle of a renewal');
  const { account } = await seller.get(`/advocates/${other}`);
  await declining.getByRole('combobox', { name: 'Suggest somebody else' }).fill(account.name);
  await optionOf(page, other).click();
  await declining.getByRole('button', { name: 'Decline' }).click();
  await declining.waitFor({ state: 'detached' });
  const after = await seller.get(`/requests/${made.id}`);
  const states = after.candidates.map(({ state }) => state).sort();
  assert.deepEqual(states, ['advocate_asked', 'advocate_asked', 'advocate_asked', 'declined', 'owner_asked']);

  const shown = await at(t, 'seller', `/requests/${made.id}`);
  await shown.getByText("The owner's condition: not before", { exact: false }).waitFor();
  await shown.goto(`/opportunities/${made.opportunity.id}`);
  await shown.getByText("The owner's condition: not before", { exact: false }).waitFor();
  const program = await goodword.callAs('program');
  const { id, version } = after.candidates.find(({ conditions }) => conditions);
  const { url } = await program.act(`/candidates/${id}/link`, undefined, version);
  const asked = await goodword.openPage(t, { refusals: [401] });
  await asked.goto(new URL(url).pathname);
  await asked.getByText(/^not before .*; By e-mail only$/).waitFor();
});

test('a request that names nobody gets its candidate from the program team', async (t) => {
  const { seller, ask } = await company(1);
  const made = await seller.post('/requests', ask);
  const page = await at(t, 'program', `/requests/${made.id}`);
  await page.getByText('Waits for the program team').waitFor();
  const panel = page.getByRole('region', { name: 'Propose candidates' });
  const first = panel.getByRole('listitem').first();
  await expectNoAxeViolations(page);
  await first.getByRole('button', { name: /^Propose / }).click();
  await page.getByText('Proposed: the relationship owner is asked now').waitFor();
  await page.getByText(/decides whether this customer may be asked/).waitFor();
  const after = await seller.get(`/requests/${made.id}`);
  assert.deepEqual(after.candidates.map(({ state }) => state), ['owner_asked']);
});

test('when no use is left the request offers somebody else, and one press asks them', async (t) => {
  const { seller, deal, free, ask } = await company(2);
  await seller.post('/requests', { ...ask, advocates: [free[0].advocate] });
  const page = await at(t, 'seller', `/advocates/${free[0].advocate}?request=yes`, { refusals: [409] });
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByLabel('Opportunity').click();
  await optionOf(page, deal.id).click();
  await sheet.getByLabel('Need by').fill(ask.need_by);
  await sheet.getByRole('button', { name: 'Send request' }).click();
  await sheet.getByText('This advocate cannot be asked for that day').waitFor();
  await expectNoAxeViolations(page);
  await sheet.getByRole('button', { name: /^Ask .* instead$/ }).first().click();
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  const { items } = await seller.get(`/requests?scope=mine&opportunity=${deal.id}`);
  assert.equal(items.length, 2);
  assert.notEqual(items[0].candidates[0].advocate.id, free[0].advocate);
});

test('a date is set, both sides are briefed, the use is recorded and graded by three sides', async (t) => {
  const { seller, program, free, ask } = await company(1);
  const made = await seller.post('/requests', { ...ask, advocates: [free[0].advocate] });
  const [waiting] = made.candidates;
  const approved = await program.act(`/candidates/${waiting.id}/approve`, {}, waiting.version);
  const first = await program.act(`/candidates/${waiting.id}/link`, undefined, approved.candidates[0].version);
  const advocate = await goodword.openPage(t);
  await advocate.goto(new URL(first.url).pathname);
  await advocate.getByRole('button', { name: 'Accept', exact: true }).click();
  await advocate.getByRole('heading', { name: 'Thank you' }).waitFor();

  const page = await at(t, 'seller', `/requests/${made.id}`);
  await page.getByRole('button', { name: 'Show contact details' }).click();
  await page.locator('a[href^="mailto:"]').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show contact details' }).count(), 0, 'shown once is shown');
  await page.getByRole('button', { name: 'Set the date' }).click();
  const date = page.getByRole('dialog', { name: 'Set the date' });
  await date.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Planned for/).waitFor();
  await page.getByRole('link', { name: 'Briefs' }).click();
  await page.getByRole('heading', { name: 'Likely questions' }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByText('For the buyer', { exact: true }).click();
  await page.getByRole('heading', { name: 'What you may want to ask' }).waitFor();
  await page.getByRole('link', { name: 'To the request' }).click();

  await page.getByRole('button', { name: 'Record the outcome' }).click();
  const outcome = page.getByRole('dialog', { name: 'Record the outcome' });
  const useful = outcome.getByRole('group', { name: 'How useful was it?' });
  await useful.getByRole('radio', { name: '4', exact: true }).check();
  const fit = outcome.getByRole('group', { name: /fit the buyer/ });
  await fit.getByRole('radio', { name: '3', exact: true }).check();
  await outcome.getByRole('button', { name: 'Save' }).click();
  await outcome.waitFor({ state: 'detached' });
  await page.getByText(/It took place/).waitFor();

  const done = (await program.get(`/requests/${made.id}`)).candidates[0];
  const second = await program.act(`/candidates/${done.id}/link`, undefined, done.version);
  await advocate.goto(new URL(second.url).pathname);
  const worth = advocate.getByRole('group', { name: 'Was it worth your time?' });
  await worth.getByRole('radio', { name: '5', exact: true }).check();
  await advocate.getByRole('button', { name: 'Send', exact: true }).click();
  await advocate.getByRole('heading', { name: 'Thank you' }).waitFor();
  const end = (await seller.get(`/requests/${made.id}`)).candidates[0];
  assert.deepEqual([end.state, end.use.grade_seller, end.use.grade_advocate], ['debriefed', 4, 5]);

  const third = await seller.act(`/candidates/${end.id}/debrief-link`, undefined, end.version);
  const buyer = await goodword.openPage(t);
  await buyer.goto(new URL(third.url).pathname);
  const helped = buyer.getByRole('group', { name: 'How useful was it for you?' });
  await helped.getByRole('radio', { name: '5', exact: true }).check();
  await expectNoAxeViolations(buyer);
  await buyer.getByRole('button', { name: 'Send', exact: true }).click();
  await buyer.getByRole('heading', { name: 'Thank you' }).waitFor();
  await page.reload();
  await page.getByText('Buyer useful 5').waitFor();
});

test('a colleague nominates a customer, and the program team sees the nomination', async (t) => {
  const [seller, program] = await Promise.all(['seller', 'program'].map(goodword.callAs));
  const { items } = await seller.get('/accounts');
  const page = await at(t, 'seller', '/find?new=nomination');
  const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
  await sheet.getByLabel('Company').fill(items[0].name);
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Wilhelmina Nominated');
  await sheet.getByLabel('Why this person?').fill('They told us unasked how well the move went.');
  await sheet.getByRole('button', { name: 'Nominate' }).click();
  await page.getByText('Wilhelmina Nominated is with the program team.').waitFor();
  const found = await program.get('/advocates?status=nominated&q=Wilhelmina');
  assert.equal(found.items.length, 1);
});

test('a seller asks for a reference by keyboard alone', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const page = await at(t, 'seller', `/opportunities/${deal.id}`);
  await page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('r');
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByLabel('What should the buyer hear?').waitFor();
  await page.keyboard.type('How long did the move take?');
  await page.keyboard.press('Control+Enter');
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'detached' });
  const { items } = await seller.get(`/requests?scope=mine&opportunity=${deal.id}`);
  assert.equal(items[0].candidates[0].advocate.id, matches[0].advocate);
  assert.equal(items[0].note, 'How long did the move take?');
});

/** A story for buyers about everything that the deal is about. */
async function giveStory(program, seller, deal, title) {
  const { criteria } = await seller.get(`/opportunities/${deal.id}/matches?activity=reference_call`);
  const terms = criteria.flatMap((one) => one.terms.map(({ id }) => id));
  const made = await program.post('/content', { title, kind: 'case_study', body: 'It took six weeks.', terms });
  await program.act(`/content/${made.id}/move`, { to: 'approved' }, made.version);
}

test('content answers a request in place of the customer, who is asked as before once that is taken back', async (t) => {
  const { seller, program, deal, free, ask } = await company(1);
  await giveStory(program, seller, deal, 'Six weeks, and nobody noticed');
  const [{ advocate }] = free;
  const made = await seller.post('/requests', { ...ask, advocates: [advocate] });
  const page = await at(t, 'seller', `/requests/${made.id}`);
  const offered = page.getByRole('region', { name: 'May answer it now' });
  const instead = offered.getByRole('button', { name: /^Send this instead: / }).first();
  await instead.click();
  const sheet = page.getByRole('dialog', { name: 'Send content instead' });
  await expectNoAxeViolations(page);
  await sheet.getByRole('button', { name: 'Make link' }).click();
  assert.match(await sheet.getByLabel('Link', { exact: true }).inputValue(), /\/s\/[\w-]{43}$/);
  const answered = await seller.get(`/requests/${made.id}`);
  assert.deepEqual([answered.status, stateOf(answered, advocate)], ['fulfilled', 'replaced']);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The request goes on as before.').waitFor();
  const back = await seller.get(`/requests/${made.id}`);
  assert.deepEqual([back.status, stateOf(back, advocate)], ['in_progress', 'owner_asked']);

  await instead.click();
  await sheet.getByRole('button', { name: 'Make link' }).click();
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('heading', { name: 'Answered by content' }).waitFor();
  await offered.waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
});
