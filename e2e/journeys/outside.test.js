// "I used X on deal Y": logged over the page of the deal in a few interactions, and taken back.

import { test } from 'node:test';

import { findUnservedDeal } from '../lib/company.js';
import { expectAtMostInteractions } from '../lib/interactions.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('a use without a request is logged from the deal in at most four interactions, and taken back', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto(`/opportunities/${deal.id}`);
  await page.getByText('None yet. Log one here').waitFor();
  await expectAtMostInteractions(page, 4, async () => {
    await page.getByRole('button', { name: 'Log a use', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Log a use outside the system' });
    await sheet.locator('input[aria-haspopup="listbox"]').first().click();
    await page.getByRole('option').first().click();
    await sheet.getByRole('button', { name: 'Log use' }).click();
  });
  await page.getByText('Use logged').waitFor();
  const uses = page.getByRole('region', { name: 'References used' });
  await uses.getByText(/Outside the system · logged by/).waitFor();
  await look(page, 'outside-use');
  await uses.getByRole('button', { name: /^Take back/ }).click();
  await uses.getByText('None yet. Log one here').waitFor();
});
