// Before a request is sent the seller reads what to expect, and hears of an open ask for the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findUnservedDeal } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

async function openSheet(t, deal) {
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto(`/opportunities/${deal.id}`);
  await page.getByRole('button', { name: /^Request/ }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByRole('heading', { name: 'What to expect' }).waitFor();
  return { page, sheet };
}

test('the request sheet says who decides and how often it comes in time, and notices the same ask', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const first = await openSheet(t, deal);
  await first.sheet.getByText(/had a yes within|Not enough history yet/).first().waitFor();
  assert.equal(await first.sheet.getByText('You asked for the same on this deal').count(), 0);
  await look(first.page, 'outlook');

  const made = await seller.post('/requests', {
    opportunity_id: deal.id,
    activity: 'reference_call',
    // A deal that should have closed is open all the same.
    need_by: [deal.close_on, seller.session.today].sort().at(-1),
  });
  const second = await openSheet(t, deal);
  await second.sheet.getByText('You asked for the same on this deal').waitFor();
  await look(second.page, 'outlook-same');
  const link = second.sheet.getByRole('link', { name: 'Open request' });
  assert.equal(await link.getAttribute('href'), `/requests/${made.id}`);
});
