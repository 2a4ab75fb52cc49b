// The walk through the list one came from, and the closer look beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, takePictures } from '../lib/pictures.js';

const goodword = useGoodword();
const rowsOf = (page) => page.getByRole('rowheader');

test('one walks from record to record through the list one came from, and back to it as it was', async (t) => {
  const program = await goodword.callAs('program');
  const { items, total } = await program.get('/accounts?sort=employees&direction=descending&limit=60');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/accounts?sort=employees&direction=descending');
  await page.getByRole('link', { name: items[0].name, exact: true }).click();
  const walk = page.getByRole('navigation', { name: 'Place in the list' });
  await walk.getByText(`1 of ${total}`).waitFor();
  assert.ok(await walk.getByRole('button', { name: 'Previous record' }).isDisabled());
  await walk.getByRole('button', { name: 'Next record' }).click();
  await page.getByRole('heading', { level: 1, name: items[1].name, exact: true }).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  // An edit that would move the record in its list does not move it under the reader.
  await program.change(`/accounts/${items[1].id}`, { employees: 1 }, items[1].version);
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: items[2].name, exact: true }).waitFor();
  await page.getByRole('link', { name: 'Activity' }).click();
  await page.waitForURL(/tab=activity/);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('p');
  await page.getByRole('heading', { level: 1, name: items[1].name, exact: true }).waitFor();
  assert.match(page.url(), /tab=activity/, 'the part that is looked at stays');
  await takePictures(page, 'account-walk');
  await inEveryLook(page, () => expectNoAxeViolations(page));
  for (let at = 1; at < 51; at += 1) {
    await page.keyboard.press('n');
    await walk.getByText(`${at + 2} of ${total}`).waitFor();
  }
  await page.getByRole('heading', { level: 1, name: items[51].name, exact: true }).waitFor();
  await walk.getByRole('link', { name: 'Accounts' }).click();
  await page.waitForURL(/sort=employees/);
});

test('a closer look stands beside the contacts and the content without leaving the list', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  for (const [path, open] of [
    ['/accounts/contacts', 'Open the contact'],
    ['/content?view=table', 'Open the content'],
  ]) {
    await page.goto(path);
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.getByRole('complementary').getByRole('link', { name: open }).waitFor();
    await inEveryLook(page, () => expectNoAxeViolations(page));
    // On a phone it was a sheet; beside the list again, the keys are those of the list.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('complementary').getByRole('link', { name: open }).waitFor();
    const looked = () => new URL(page.url()).searchParams.get('peek');
    const first = looked();
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.searchParams.get('peek') !== first);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: open }).waitFor({ state: 'detached' });
    assert.match(page.url(), new RegExp(path.replace('?', '\\?')));
  }
});

test('a list that its filters left empty leads to all of it', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  for (const [path, list] of [
    ['/accounts?q=zzyzx', 'accounts'],
    ['/accounts/contacts?q=zzyzx', 'contacts'],
    ['/advocates?q=zzyzx', 'advocates'],
    ['/opportunities?q=zzyzx', 'opportunities'],
    ['/content?q=zzyzx&view=table', 'content'],
  ]) {
    await page.goto(path);
    await page.getByRole('link', { name: 'Show all' }).click();
    const { total } = await program.get(`/${list}?limit=1`);
    await page.getByRole('status').filter({ hasText: `of ${total.toLocaleString('en')} shown` }).waitFor();
  }
});
