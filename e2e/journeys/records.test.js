// The lists of records and their pages: sorted and narrowed through the address, changed where they
// stand, worked by keyboard.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, takePictures } from '../lib/pictures.js';

const goodword = useGoodword();
/** The rows of the list that hold records; the spacers and the head have no row header. */
const rowsOf = (page) => page.getByRole('rowheader');

test('a list sorts and narrows on the server, keeps it in the address, and goes on while one scrolls', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'Staff' }).click();
  await page.waitForURL(/sort=employees/);
  const largest = await program.get('/accounts?sort=employees&limit=1');
  await page.getByRole('rowheader', { name: largest.items[0].name, exact: true }).waitFor();
  assert.equal((await rowsOf(page).first().innerText()).trim(), largest.items[0].name);
  await page.getByRole('columnheader', { name: 'Staff' }).and(page.locator('[aria-sort="descending"]')).waitFor();

  const region = page.getByRole('region', { name: 'Accounts, table' });
  const drawn = await rowsOf(page).count();
  assert.ok(drawn < 60, `${drawn} rows are drawn where a screen holds some twenty`);
  await region.focus();
  const smallest = await program.get('/accounts?sort=employees&direction=ascending&limit=1');
  await page.waitForFunction(async (name) => {
    const frame = document.querySelector('section[aria-label="Accounts, table"]');
    frame.scrollTop = frame.scrollHeight;
    return [...document.querySelectorAll('tbody th')].some((cell) => cell.textContent === name);
  }, smallest.items[0].name, { polling: 300, timeout: 30_000 });
  assert.ok((await rowsOf(page).count()) < 60, 'the rows above are not drawn any more');

  await page.getByRole('checkbox', { name: 'Not to be used' }).check();
  const locked = await program.get('/accounts?locked=true&limit=1');
  await page.getByText(`of ${locked.total} shown`).waitFor();
  await page.reload();
  await page.getByText(`of ${locked.total} shown`).waitFor();
});

test('columns are chosen and a row is looked at closer by keyboard, the list staying where it is', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/opportunities?sort=amount');
  await rowsOf(page).first().waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Stage' }).check();
  await page.getByRole('columnheader', { name: 'Stage' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Stage' }).waitFor({ state: 'detached' });
  // The button takes the focus back once its list is gone, and Space would press it.
  await page.getByRole('button', { name: 'Columns' }).and(page.locator(':focus')).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const second = (await rowsOf(page).nth(1).innerText()).trim();
  const look = page.getByRole('complementary', { name: second });
  await look.getByRole('link', { name: 'Open the deal' }).waitFor();
  await page.keyboard.press('Escape');
  await look.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: second }).waitFor();
});

test('an account is changed where it stands, and of two editors at once neither loses what was typed', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/accounts?limit=1');
  const account = items[0];
  const page = await goodword.openPageAs(t, 'program', { refusals: [412] });
  await page.goto(`/accounts/${account.id}`);
  await page.getByRole('button', { name: 'Change Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('شركة النور للتجارة');
  await program.change(`/accounts/${account.id}`, { name: 'Alder Group', employees: 4321 }, account.version);
  await page.keyboard.press('Enter');
  await page.getByText('Someone changed this while you were editing').waitFor();
  await page.getByRole('definition').filter({ hasText: 'Alder Group' }).first().waitFor();
  await takePictures(page, 'account-conflict');
  await page.getByRole('button', { name: 'Save mine' }).click();
  await page.getByRole('heading', { level: 1, name: 'شركة النور للتجارة' }).waitFor();
  const saved = await program.get(`/accounts/${account.id}`);
  assert.deepEqual([saved.name, saved.employees], ['شركة النور للتجارة', 4321]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: account.name }).waitFor();
});

test('a contact is opened from the list and corrected by keyboard alone, and the history says so', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { refusals: [422] });
  await page.goto('/accounts/contacts');
  await rowsOf(page).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const title = page.getByRole('button', { name: 'Change Title' });
  await title.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Title' }).fill('Head of nothing');
  await page.keyboard.press('Escape');
  assert.doesNotMatch(await title.innerText(), /nothing/);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Title' }).fill('Head of platforms');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Head of platforms Change Title' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'Change Email' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill('nobody at home');
  await page.keyboard.press('Enter');
  await page.getByText('Write an address such as ann@example.com.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.waitForURL(/tab=activity/);
  await page.getByText('Changed title of the contact').waitFor();
});

test('a part of a profile is confirmed with one press, and what is changed where it stands is taken back one by one', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=active&sort=verified&direction=ascending&limit=1');
  const path = `/advocates/${items[0].id}`;
  const page = await goodword.openPageAs(t, 'program', { refusals: [412] });
  await page.goto(path);
  const topics = page.getByRole('region', { name: 'Topics' });
  await topics.getByRole('button', { name: 'Still true: Topics' }).click();
  await topics.getByText('Confirmed today').waitFor();
  await topics.getByRole('button', { name: 'Still true: Topics' }).waitFor({ state: 'detached' });
  const { freshness, verified_on: whole, topics_can: topicsBefore } = await program.get(path);
  assert.equal(freshness.find((one) => one.part === 'topics').is_stale, false);
  assert.equal(whole, items[0].verified_on, 'the other parts are as old as before');

  await page.getByRole('button', { name: 'Change Speaks about' }).click();
  await page.getByRole('textbox', { name: 'Speaks about' }).fill('cutover\nbudget');
  await page.keyboard.press('Control+Enter');
  await topics.getByText('cutover · budget').waitFor();
  await page.getByRole('button', { name: 'Change Most a year' }).click();
  await page.getByRole('textbox', { name: 'Most a year' }).fill('3');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '3 Change Most a year' }).waitFor();
  await page.getByRole('alert').filter({ hasText: 'Speaks about saved' }).getByRole('button', { name: 'Undo' }).click();
  await topics.getByText('cutover · budget').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Change Activities' }).click();
  await page.getByRole('group', { name: 'Activities' }).waitFor();
  await takePictures(page, 'profile-editing');
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change Outcomes' }).click();
  await takePictures(page, 'profile-outcomes');
  await page.keyboard.press('Escape');
  const saved = await program.get(path);
  assert.deepEqual([saved.topics_can, saved.limits.per_year], [topicsBefore, 3], 'the later change stays');
  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await page.getByText('Verified the topics of the advocate').waitFor();
});
