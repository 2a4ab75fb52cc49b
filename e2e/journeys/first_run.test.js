// Nobody has been here yet: the first person makes the account that runs the program and the system.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword({ demo: false });
const PASSWORD = 'a quiet field of barley';

test('an empty installation asks for its first account and lets it in as program and admin', async (t) => {
  // The first look at who is signed in is answered 401: nobody is.
  const page = await goodword.openPage(t, { refusals: [401] });
  await page.goto('/');
  await page.getByRole('heading', { name: 'Set up Goodword' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/first-run');

  await page.getByLabel('Your name').fill('Ada Moreno');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@larkspur.example');
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();

  await page.getByRole('heading', { name: 'Good day, Ada' }).waitFor();
  await page.getByRole('heading', { name: 'The way to the first search' }).waitFor();
  const session = await (await page.request.get('/api/v1/session')).json();
  assert.deepEqual([...session.user.roles].sort(), ['admin', 'program']);
  assert.equal(session.is_demo, false);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Taxonomy' }).waitFor();

  const again = await page.request.post('/api/v1/setup', { data: { name: 'Eve', email: 'eve@larkspur.example', password: PASSWORD } });
  assert.equal(again.status(), 409, 'a second first account is refused');
});

test('who was set up signs in again by hand, and the set-up stays over', async (t) => {
  const page = await goodword.openPage(t, { refusals: [401] });
  await page.goto('/first-run');
  await page.getByText('Already set up').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@larkspur.example');
  await page.locator('input[type="password"]').fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Sign-in did not work').waitFor();
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Good day, Ada' }).waitFor();
});

test('a demo company is made, visited as a seller, searched, left and removed at a click each', async (t) => {
  const page = await goodword.openPage(t, { refusals: [401] });
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@larkspur.example');
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await page.getByText('There is no demo company now').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Make the demo company' }).click();
  await page.getByRole('heading', { name: 'The demo company is being made' }).waitFor();
  await page.getByRole('heading', { name: 'Visit it as' }).waitFor({ timeout: 120_000 });
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: 'Visit as Seller' }).click();
  const banner = page.getByRole('region', { name: 'Demo company', exact: true });
  await banner.waitFor();
  await page.getByRole('heading', { name: /Sam/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.goto('/find?q=healthcare');
  await page.getByRole('article').first().waitFor();

  await banner.getByLabel('Visit as').selectOption('program');
  await page.getByRole('heading', { name: /Priya/ }).waitFor();
  await banner.getByRole('button', { name: 'Back to your program' }).click();
  await page.getByRole('heading', { name: 'Visit it as' }).waitFor();
  assert.equal(await banner.count(), 0);
  const accounts = await (await page.request.get('/api/v1/accounts')).json();
  assert.equal(accounts.total, 0, 'nothing of it is in the own program');

  await page.getByRole('button', { name: 'Remove the demo company' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the demo company' }).click();
  await page.getByText('There is no demo company now').waitFor();
});
