// A policy stands for yeses that need not be asked for: tried on the past, saved, and followed by the next ask.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findFree, findUnservedDeal } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('a row is tried on the last quarter, and who agreed ahead is there with the request', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/settings/rules?q=whose+yes');
  await page.getByText('No row yet: every ask goes to the owner first.').waitFor();
  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Activity, row 1').selectOption('reference_call');
  await page.getByLabel('Who is asked, row 1').selectOption('instant');
  await page.getByText(/asks of the last 91 days/).waitFor();
  await look(page, 'fulfilment-tried');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Rules saved').waitFor();
  const { fulfilment } = await program.get('/settings');
  assert.deepEqual(
    fulfilment.value.rows.map(({ activity, mode }) => ({ activity, mode })),
    [{ activity: 'reference_call', mode: 'instant' }],
  );

  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const need_by = new Date(Date.now() + 21 * 86_400_000).toISOString().slice(0, 10);
  const found = await findFree(seller, { opportunity_id: deal.id, activity: 'reference_call' }, [need_by]);
  const id = found.advocate;
  await page.goto(`/advocates/${id}`);
  await page.getByRole('button', { name: 'Record consent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record a consent' });
  await dialog.getByLabel('To', { exact: true }).selectOption('reference_call');
  await dialog.getByLabel('Wording').fill('Advocate terms 3');
  await dialog.getByLabel('They need not be asked each time').check();
  await look(page, 'consent-ahead');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Consent recorded').waitFor();

  const request = await seller.post('/requests', {
    opportunity_id: deal.id,
    activity: 'reference_call',
    need_by,
    advocates: [id],
  });
  const own = await goodword.openPageAs(t, 'seller');
  await own.goto(`/requests/${request.id}`);
  await own.getByText('They agreed ahead, so nobody had to be asked.').waitFor();
  await look(own, 'agreed-ahead');
});
