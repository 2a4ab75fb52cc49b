// Nominating: the company is offered while one types, somebody who is in the program already is said to
// be, what is needed now can be chosen, and the nomination stands in one's own list afterwards.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { look } from '../lib/pictures.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

test('a nomination tells what is known and needed, and is found again with where it stands', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?limit=50');
  const known = items.find((row) => row.account !== null && !row.name_masked);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/?new=nomination');
  const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
  await sheet.getByLabel('Company').fill(known.account.name.slice(0, 4));
  await page.getByRole('option', { name: known.account.name, exact: true }).click();
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(known.display_name);
  await sheet.getByText('This person is in the program already').waitFor();
  await look(page, 'nominate-known');
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Quilla Brandt');
  await sheet.getByText('This person is in the program already').waitFor({ state: 'detached' });
  await sheet.getByRole('button', { name: 'Nominate', exact: true }).click();
  await page.getByText('Quilla Brandt is with the program team').waitFor();

  await page.goto('/?new=nomination');
  const mine = sheet.getByRole('region', { name: 'Your nominations' });
  await mine.getByRole('link', { name: 'Quilla Brandt' }).waitFor();
  await mine.getByRole('listitem').filter({ hasText: 'Quilla Brandt' }).getByText('Nominated').waitFor();
  await look(page, 'nominate');
  const found = await program.get(`/advocates?q=${encodeURIComponent('Quilla Brandt')}`);
  assert.equal(found.items[0].status, 'nominated');
});
