// Nobody has been here yet: the first person makes the account that runs the program and the system.

import assert from 'node:assert/strict';
import { test } from 'node:test';

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
