// What somebody typed is theirs: it goes only when they say so, and a session that ends or a network
// that breaks takes neither it nor the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { findUnservedDeal } from '../lib/company.js';
import { takeProblems, useGoodword } from '../lib/journeys.js';
import { inEveryLook, look } from '../lib/pictures.js';

const goodword = useGoodword();
const NOTE = 'How long did the first month take?';

/** The request sheet of a deal with a sentence in it; answers with the sheet and its field. */
async function openSheet(page) {
  const { deal, matches } = await findUnservedDeal(await goodword.callAs('seller'));
  await page.goto('/');
  await page.getByRole('link', { name: deal.name }).first().click();
  await page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Request a reference' });
  const note = sheet.getByLabel('What should the buyer hear?');
  await note.fill(NOTE);
  return { sheet, note };
}

test('a sheet asks before Escape, Back or a reload takes what was typed', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { sheet, note } = await openSheet(page);
  const question = sheet.getByRole('alertdialog', { name: 'Discard what you typed?' });

  await page.keyboard.press('Escape');
  await question.waitFor();
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  assert.equal(await note.inputValue(), NOTE);
  assert.ok(await note.evaluate((field) => field === document.activeElement), 'the focus is back where it was');

  await page.goBack();
  await question.waitFor();
  await question.getByRole('button', { name: 'Keep editing' }).click();
  assert.equal(await note.inputValue(), NOTE);

  const [asked] = await Promise.all([page.waitForEvent('dialog'), page.evaluate(() => setTimeout(() => location.reload()))]);
  assert.equal(asked.type(), 'beforeunload');
  await asked.dismiss();
  assert.equal(await note.inputValue(), NOTE);

  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
  await sheet.waitFor({ state: 'detached' });
});

test('a sheet in which nothing was changed closes without a question', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { sheet, note } = await openSheet(page);
  await note.fill('');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
});

test('a dialog and a field that is changed in place ask before they are left', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=nominated&limit=1');
  const { items: accounts } = await program.get('/accounts?limit=1');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/recruiting');
  await page.getByRole('button', { name: `Decline ${items[0].display_name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('Leaves in spring');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.goto(`/accounts/${accounts[0].id}`);
  await page.getByRole('button', { name: 'Change Domain' }).click();
  const domain = page.getByRole('textbox', { name: 'Domain' });
  await domain.fill('typed.example');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find', exact: true }).click();
  const leaving = page.getByRole('dialog', { name: 'Leave without saving?' });
  await leaving.waitFor();
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await leaving.getByRole('button', { name: 'Keep editing' }).click();
  assert.equal(await domain.inputValue(), 'typed.example');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find', exact: true }).click();
  await leaving.getByRole('button', { name: 'Discard' }).click();
  await page.waitForURL((url) => url.pathname === '/find');
});

test('without a network a sheet keeps the sentence, and sends it once the network is back', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { sheet, note } = await openSheet(page);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await note.press('Control+Enter');
  await sheet.getByText('The server could not be reached').waitFor();
  await page.keyboard.press('Escape');
  await sheet.getByRole('button', { name: 'Keep editing' }).click();
  await page.context().setOffline(false);
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  const left = await takeProblems(page);
  assert.ok(left.every(({ text }) => text.includes('ERR_INTERNET_DISCONNECTED')), JSON.stringify(left));
});

test('a page that cannot be read again stays as it is, with what was typed on it, and says so', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { sheet, note } = await openSheet(page);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  // The browser takes the network for there and it is not, as behind a hotel's sign-in page. Reads give up after some seconds.
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.getByText(/^No connection/).waitFor();
  await page.waitForTimeout(4_000);
  assert.equal(await note.inputValue(), NOTE);
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.getByText(/^No connection/).waitFor({ state: 'detached' });
  await note.press('Control+Enter');
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
  const left = await takeProblems(page);
  assert.ok(left.every(({ text }) => text.includes('ERR_INTERNET_DISCONNECTED')), JSON.stringify(left));
});

test('a page that is fetched without a network says so, and comes when the network is back', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('heading', { name: 'To look after', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  // The worker keeps the shell, so that the page stands while its parts cannot be fetched.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Content', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'The server could not be reached' }).waitFor();
  await look(page, 'network-lost');
  const again = page.getByRole('main').getByRole('button', { name: 'Try again' });
  await again.click();
  await again.waitFor();
  await page.context().setOffline(false);
  await again.click();
  await page.getByRole('heading', { level: 1, name: 'Content' }).waitFor();
  const left = await takeProblems(page);
  assert.ok(left.every(({ text }) => /ERR_INTERNET_DISCONNECTED|Failed to fetch|Unable to preload|network lost/.test(text)), JSON.stringify(left));
});

test('a session that ends while somebody types is opened again over the sheet', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', { refusals: [401] });
  const { sheet, note } = await openSheet(page);
  await page.context().clearCookies();
  await note.press('Control+Enter');
  const over = page.getByRole('dialog', { name: /sign in/i });
  await over.waitFor();
  await look(page, 'sign-in-over');
  const { password } = goodword.program().signIns.get('seller');
  await over.locator('input[type="password"]').fill(password);
  await over.getByRole('button', { name: 'Sign in', exact: true }).click();
  await sheet.getByText('You are signed in again').waitFor();
  assert.equal(await note.inputValue(), NOTE);
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
});

test('an address that leads nowhere keeps the way on, and says it once', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/gaps');
  await page.getByRole('heading', { level: 1, name: 'This page does not exist' }).waitFor();
  assert.equal(await page.getByText('This page does not exist').count(), 1);
  await look(page, 'lost');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find' }).first().click();
  await page.waitForURL((url) => url.pathname === '/find');
});

test('a change whose version got lost on the way is refused in words, stays typed, and is saved when it comes whole', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/accounts?limit=1');
  const page = await goodword.openPageAs(t, 'program', { refusals: [428] });
  await page.goto(`/accounts/${items[0].id}`);
  await page.getByRole('button', { name: 'Change Name' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('Alder Grove');
  // As a proxy would that knows no conditions.
  const strip = async (route) => {
    const headers = { ...route.request().headers() };
    delete headers['if-match'];
    await route.continue({ headers });
  };
  const address = `**/api/v1/accounts/${items[0].id}`;
  await page.route(address, strip);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: /version/i }).first().waitFor();
  assert.equal(await name.inputValue(), 'Alder Grove');
  assert.equal((await program.get(`/accounts/${items[0].id}`)).name, items[0].name, 'nothing was changed');
  await page.unroute(address, strip);
  await name.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Alder Grove' }).waitFor();
});

test('a right that is taken away while somebody types leaves the words and says who can help', async (t) => {
  const [admin, seller] = await Promise.all(['admin', 'seller'].map(goodword.callAs));
  const page = await goodword.openPageAs(t, 'seller', { refusals: [403, 404] });
  const { sheet, note } = await openSheet(page);
  const { id } = seller.session.user;
  const { roles, version } = await admin.get(`/users/${id}`);
  const { version: changed } = await admin.change(`/users/${id}`, { roles: ['privacy'] }, version);
  await note.press('Control+Enter');
  await sheet.getByRole('alert').first().waitFor();
  assert.equal(await note.inputValue(), NOTE);
  await admin.change(`/users/${id}`, { roles }, changed);
  await sheet.getByRole('button', { name: 'Try again' }).or(sheet.getByRole('button', { name: 'Send request' })).first().click();
  await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
});
