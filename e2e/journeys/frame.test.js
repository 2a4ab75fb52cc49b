// What holds around every page: names of any length fit, a screen that is not for somebody says so,
// and a phone shows where one is.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('a name of one long word fits a phone', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/accounts?limit=1');
  const name = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);
  await program.change(`/accounts/${items[0].id}`, { name }, items[0].version);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/${items[0].id}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await look(page, 'account-long-name');
});

for (const [role, path, title] of [
  ['seller', '/recruiting', 'You may not see this'],
  ['executive', '/recruiting', 'You may not see this'],
  ['stakeholder', '/accounts/00000001-0000-4000-8000-000000000001', null],
  ['admin', '/advocates/00000001-0000-4000-8000-000000000001', null],
  ['privacy', '/opportunities/00000001-0000-4000-8000-000000000001', null],
  ['executive', '/requests/00000001-0000-4000-8000-000000000001', null],
  ['admin', '/content/00000001-0000-4000-8000-000000000001', null],
]) {
  test(`${path.split('/')[1]} tells ${role} under one heading that there is nothing for them`, async (t) => {
    const page = await goodword.openPageAs(t, role, { refusals: [403, 404] });
    await page.goto(path);
    await page.getByRole('heading', { level: 1, ...(title ? { name: title } : {}) }).waitFor();
    await look(page, `refused-${path.split('/')[1]}-${role}`);
  });
}

test('a phone marks More on a page that stands under it', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { viewport: { width: 390, height: 844 } });
  await page.goto('/load');
  const bar = page.getByRole('navigation', { name: 'Main' }).last();
  await bar.getByRole('button', { name: 'More' }).waitFor();
  assert.equal(await bar.getByRole('button', { name: 'More' }).getAttribute('aria-current'), 'page');
  assert.equal(await bar.locator('[aria-current="page"]').count(), 1);
});
