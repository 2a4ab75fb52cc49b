// The main path: a request becomes a call, the call a won deal, and the metric moves by that deal.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findCandidate, findUnservedDeal, giveAccount } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();
const NOTE = 'Did the first month go as planned?';
/** How the page names a month. */
const MONTH = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A person of a role at their own desk, at a page. */
async function asPerson(t, role, path, options) {
  const page = await goodword.openPageAs(t, role, options);
  await page.goto(path);
  return page;
}

/** The seller asks for the best match. */
async function ask(t, deal, match) {
  const page = await asPerson(t, 'seller', `/opportunities/${deal.id}`);
  await page.getByRole('button', { name: `Request ${match.display_name}`, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByLabel('What should the buyer hear?').fill(NOTE);
  await sheet.getByRole('button', { name: 'Send request' }).click();
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
}

/** The owner of the customer says yes. */
async function approve(t, deal) {
  const page = await asPerson(t, 'owner', '/approvals');
  const card = page.getByRole('article').filter({ hasText: deal.name });
  await card.getByText(NOTE).waitFor();
  await card.getByRole('button', { name: 'Approve', exact: true }).click();
  await card.waitFor({ state: 'detached' });
}

/** The program team takes the advocate's link to the clipboard. */
async function copyLink(t, candidate) {
  const page = await asPerson(t, 'program', `/requests/${candidate.request_id}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByRole('button', { name: 'Copy answer link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Answer link' });
  const shown = await dialog.getByRole('textbox', { name: 'Answer link' }).inputValue();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), shown);
  return shown;
}

/** The advocate answers without an account; opening the page, as link scanners do, answers nothing. */
async function accept(t, seller, deal, link) {
  const before = await findCandidate(seller, deal);
  const page = await goodword.openPage(t);
  await page.goto(link);
  await page.getByText(NOTE).waitFor();
  const slow = await goodword.openPage(t, { refusals: [410] });
  await slow.goto(link);
  await slow.getByRole('button', { name: 'Decline' }).waitFor();
  assert.deepEqual(await page.context().cookies(), [], 'nobody is signed in');
  assert.deepEqual(await findCandidate(seller, deal), before, 'opening the page changed something');

  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  assert.equal((await findCandidate(seller, deal)).state, 'accepted');

  await page.reload();
  await page.getByRole('heading', { name: 'You already answered' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Accept|Decline|Send/ }).count(), 0);
  await slow.getByRole('button', { name: 'Decline' }).click();
  await slow.getByRole('button', { name: 'Send no' }).click();
  await slow.getByRole('heading', { name: 'This link was already used' }).waitFor();
  assert.equal((await findCandidate(seller, deal)).state, 'accepted', 'the first answer holds');
}

/** The seller reads the contact, has the call, records it and grades it. */
async function recordAndGrade(t, seller, deal, candidate) {
  const page = await asPerson(t, 'seller', `/requests/${candidate.request_id}`);
  const card = page.getByRole('article', { name: candidate.advocate.display_name });
  const mail = card.locator('a[href^="mailto:"]');
  await card.getByRole('button', { name: 'Show contact details' }).waitFor();
  assert.equal(await mail.count(), 0, 'the contact is hidden until asked for');
  await card.getByRole('button', { name: 'Show contact details' }).click();
  assert.match(await mail.innerText(), /^\S+@\S+\.\S+$/);

  await card.getByRole('button', { name: 'Record the outcome' }).click();
  const outcome = page.getByRole('dialog', { name: 'Record the outcome' });
  await outcome.getByRole('button', { name: 'Save' }).click();
  await outcome.waitFor({ state: 'detached' });

  await card.getByRole('button', { name: 'How useful was it?' }).click();
  const grade = page.getByRole('dialog', { name: 'How useful was it?' });
  const useful = grade.getByRole('group', { name: 'How useful was it?' });
  await useful.getByRole('radio', { name: '5', exact: true }).check();
  await grade.getByLabel('What worked, what did not?').fill('She named the figures.');
  await grade.getByRole('button', { name: 'Save' }).click();
  await card.getByText('useful 5').first().waitFor();
  const { use } = await findCandidate(seller, deal);
  assert.deepEqual([use.used_on, use.outcome, use.grade_seller], [seller.session.today, 'helpful', 5]);
}

async function win(seller, deal) {
  const { version } = await seller.get(`/opportunities/${deal.id}`);
  const change = { status: 'won', close_on: seller.session.today };
  const won = await seller.change(`/opportunities/${deal.id}`, change, version);
  assert.equal(won.has_reference, true);
}

/** The metric page shows the number and leads from it to the deal. */
async function readMetric(t, deal, metric, month) {
  const name = MONTH.format(new Date(`${month.key}-01`));
  const page = await asPerson(t, 'program', '/metric');
  await page.getByText(`${metric.leveraged} of ${metric.closed} closed deals`).waitFor();
  await page.getByText('With reference', { exact: true }).first().click();
  await page.getByText('As table').click();
  const group = page.getByRole('button', { name, exact: true });
  await group.click();
  await page.getByRole('heading', { name: `Deals in ${name}` }).waitFor();
  const row = page.getByRole('row').filter({ has: page.locator(`a[href*="${deal.id}"]`) });
  await row.getByText('Won').waitFor();
  await row.getByRole('link', { name: deal.name }).click();
  await page.getByRole('heading', { name: deal.name, level: 1 }).waitFor();
}

test('a request becomes a call, the call a won deal, and the metric moves by exactly that deal', async (t) => {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(goodword.callAs));
  const { deal, matches } = await findUnservedDeal(seller);
  await giveAccount(program, matches[0].account, owner);
  const before = await program.get('/metrics/leveraging');

  await ask(t, deal, matches[0]);
  await approve(t, deal);
  const candidate = await findCandidate(seller, deal);
  assert.equal(candidate.state, 'advocate_asked');
  const link = await copyLink(t, candidate);
  await accept(t, seller, deal, link);
  await recordAndGrade(t, seller, deal, await findCandidate(seller, deal));
  const used = await program.get('/metrics/leveraging');
  assert.deepEqual([used.closed, used.leveraged], [before.closed, before.leveraged], 'an open deal is not in the metric');
  await win(seller, deal);

  const after = await program.get('/metrics/leveraging?by=month');
  assert.deepEqual(
    [after.closed - before.closed, after.leveraged - before.leveraged, after.won - before.won],
    [1, 1, 1],
  );
  assert.equal(after.rate, after.leveraged / after.closed);
  await readMetric(t, deal, after, after.groups.find(({ key }) => seller.session.today.startsWith(key)));
});
