// An activity can be for some deals only: the request sheet says so before anything is sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findUnservedDeal } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('a closed gate leads a seller to content, and the program team past it with a reason to review', async (t) => {
  const seller = await goodword.callAs('seller');
  const program = await goodword.callAs('program');
  const { deal } = await findUnservedDeal(seller);
  const { protection } = await program.get('/settings');
  const activities = protection.value.activities.map((one) => ({ ...one, amount_min: 1_000_000_000 }));
  await program.change('/settings/protection', { activities }, protection.version);

  const page = await goodword.openPageAs(t, 'seller');
  await page.goto(`/opportunities/${deal.id}?request=criteria`);
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  await sheet.getByText('This deal cannot ask for this yet').waitFor();
  assert.ok(await sheet.getByRole('button', { name: 'Send request' }).isDisabled());
  await look(page, 'gate-closed');
  await sheet.getByRole('link', { name: 'Choose content' }).click();
  await page.waitForURL(/\/content/);

  const team = await goodword.openPageAs(t, 'program');
  await team.goto(`/opportunities/${deal.id}?request=criteria`);
  const ask = team.getByRole('dialog', { name: 'Request a reference' });
  await ask.getByLabel('Ask all the same, because').fill('The board asked for it.');
  await ask.getByRole('button', { name: 'Send request' }).click();
  await ask.getByRole('heading', { name: 'Request sent' }).waitFor();
  await team.goto('/load?list=overrides');
  await team.getByText('The board asked for it.').waitFor();
});
