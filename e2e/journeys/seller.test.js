// A seller needs a reference: from a deal, by criteria, and where nobody fits.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findCandidate, findEmptyIndustry, findUnservedDeal } from '../lib/company.js';
import { expectAtMostInteractions } from '../lib/interactions.js';
import { optionOf, useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

/** The chip of an industry, which a click turns from nice to have into a must. */
const chipOf = (page, term) =>
  page.getByRole('list', { name: 'Criteria' }).getByRole('button', { name: new RegExp(`^industry ${term.name}`, 'i') });

test('from opening a deal to a sent request takes at most six interactions, and my requests say who has it', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const page = await goodword.openPage(t, { refusals: [401] });
  await goodword.signIn(page, 'seller');
  await page.getByRole('heading', { name: 'My open deals' }).waitFor();

  await expectAtMostInteractions(page, 6, async () => {
    await page.getByRole('link', { name: deal.name }).first().click();
    await page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Request a reference' });
    await sheet.getByLabel('What should the buyer hear?').fill('How long did the move take?');
    await sheet.getByRole('button', { name: 'Send request' }).click();
    await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  });

  const candidate = await findCandidate(seller, deal);
  assert.equal(candidate.advocate.id, matches[0].advocate);
  assert.ok(candidate.holder_name, 'somebody holds the request');
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByText(`${candidate.holder_name} decides next, by`).waitFor();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My requests' }).click();
  const row = page.getByRole('article').filter({ hasText: deal.name });
  await row.getByText(candidate.advocate.display_name).waitFor();
  await row.getByText(`Waits for ${candidate.holder_name}`).waitFor();
  await row.locator('[aria-current="step"]').waitFor();
});

/** One card per account: "4 advocates at 3 accounts" has three. */
const accountsIn = async (status) => Number((await status.textContent()).match(/at (\d+) account/)[1]);

test('Find narrows by a criterion to as many advocates as the facet counted, and back', async (t) => {
  const seller = await goodword.callAs('seller');
  const all = await seller.post('/matches', {});
  const industry = all.facets.find(({ facet }) => facet === 'industry').terms[0];
  assert.ok(industry.count < all.total, 'the criterion leaves somebody out');
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find' }).click();
  const total = page.getByRole('status').filter({ hasText: /^\d+ advocates? at \d+ accounts?$/ });
  await total.filter({ hasText: new RegExp(`^${all.total} advocate`) }).waitFor();

  await page.getByRole('region', { name: 'Narrow down' }).getByRole('checkbox', { name: industry.name, exact: true }).check();

  await total.filter({ hasText: new RegExp(`^${industry.count} advocate`) }).waitFor();
  const cards = page.getByRole('list', { name: 'Results' }).getByRole('article');
  assert.equal(await cards.count(), await accountsIn(total));

  await page.getByRole('button', { name: `Remove ${industry.name}` }).click();
  await total.filter({ hasText: new RegExp(`^${all.total} advocate`) }).waitFor();
});

/** Of those who come near so many are shown before anybody asks for the rest. */
const NEAR_FIRST = 3;

test('a search that nobody fits shows who comes near, what to use and how to widen, and reaches the program team', async (t) => {
  const seller = await goodword.callAs('seller');
  const { term, found } = await findEmptyIndustry(seller);
  const { deal } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/find');
  await page.getByRole('button', { name: 'Add criterion' }).click();
  await page.getByRole('textbox', { name: 'Search terms' }).fill(term.name);
  await page.getByRole('option', { name: term.name, exact: true }).click();
  await chipOf(page, term).click();

  await page.getByRole('heading', { name: 'Nobody fits all of this' }).waitFor();
  const near = page.getByRole('list', { name: 'Results' }).getByRole('article');
  assert.equal(await near.count(), Math.min(found.near.length, NEAR_FIRST), 'content and the program team stay in sight');
  const folded = found.near.length - NEAR_FIRST;
  if (folded > 0) {
    await page.getByRole('button', { name: `Show ${folded} more` }).click();
    assert.equal(await near.count(), found.near.length);
  }
  await page.getByRole('heading', { name: 'Content that may answer it' }).waitFor();
  await page.getByText(found.content[0].title).first().waitFor();

  await page.getByRole('button', { name: 'Ask the program team' }).click();
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByLabel('Opportunity').click();
  await optionOf(page, deal.id).click();
  await sheet.getByLabel('What should the buyer hear?').fill('Someone from their own industry.');
  await sheet.getByLabel('What should the buyer hear?').press('Control+Enter');
  await sheet.getByText('The program team looks for a match.').waitFor();
  await sheet.getByRole('button', { name: 'Done' }).click();

  const { gain } = found.relaxations.find(({ drop }) => drop.join() === 'industry');
  await page.getByRole('button', { name: `Drop industry: +${gain}` }).click();
  const widened = page.getByRole('status').filter({ hasText: new RegExp(`^${gain} advocate`) });
  await widened.waitFor();
  assert.equal(await page.getByRole('list', { name: 'Results' }).getByRole('article').count(), await accountsIn(widened));
});
