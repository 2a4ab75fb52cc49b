// One's own inbox, worked off by keyboard: done, put off, muted, and each taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('the inbox is worked off by keyboard, and what was done can be taken back', async (t) => {
  const owner = await goodword.callAs('owner');
  const open = () => owner.get('/inbox?part=open');
  const before = await open();
  assert.ok(before.total >= 3, `the demo owner has ${before.total} open entries`);
  const page = await goodword.openPageAs(t, 'owner');
  await page.goto('/');
  await page.getByRole('button', { name: /^Inbox/ }).click();
  await page.getByRole('link', { name: 'Open the inbox' }).click();
  const list = page.getByRole('list', { name: 'Inbox' });
  await list.getByRole('listitem').first().waitFor();
  await look(page, 'inbox');
  const parts = page.getByRole('navigation', { name: 'Parts of the inbox' });

  await page.keyboard.press('e');
  await page.getByText(`of ${before.total - 1} shown`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`of ${before.total} shown`).waitFor();

  await page.keyboard.press('s');
  await look(page, 'inbox-snooze');
  await page.getByRole('button', { name: /^Tomorrow morning/ }).click();
  await page.getByText(`of ${before.total - 1} shown`).waitFor();
  await parts.getByRole('link', { name: /^Snoozed/ }).click();
  await page.getByText(/back /).first().waitFor();
  await page.keyboard.press('s');
  await page.getByText('Nothing is snoozed').waitFor();
  assert.equal((await open()).total, before.total);
});

test('an update is muted, an ask cannot be, and the muted thread is listed', async (t) => {
  const seller = await goodword.callAs('seller');
  const updates = await seller.get('/inbox?part=open&class=update');
  assert.ok(updates.total >= 1, 'the demo seller has updates');
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/inbox?class=update');
  await page.getByRole('list', { name: 'Inbox' }).getByRole('listitem').first().waitFor();
  await page.keyboard.press('m');
  await page.getByText('No more updates about this').waitFor();
  await page.goto('/inbox?part=muted');
  await page.getByRole('list', { name: 'Inbox' }).getByRole('listitem').first().waitFor();
  await page.keyboard.press('m');
  await page.getByText('Nothing is muted').waitFor();

  const ownerPage = await goodword.openPageAs(t, 'owner');
  await ownerPage.goto('/inbox?class=ask');
  const asks = ownerPage.getByRole('list', { name: 'Inbox' }).getByRole('listitem');
  await asks.first().getByRole('button', { name: 'Snooze' }).waitFor();
  assert.equal(await asks.getByRole('button', { name: 'Mute', exact: true }).count(), 0, 'an ask always arrives');
});

test('an entry names its record, and a kind of update is muted on every record and heard again', async (t) => {
  const seller = await goodword.callAs('seller');
  const [update] = (await seller.get('/inbox?part=current&class=update')).items;
  assert.equal(update.update_kind, 'answer');
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/inbox?part=open&class=update');
  const row = page.getByRole('list', { name: 'Inbox' }).getByRole('listitem').first();
  await row.getByText(update.record.name).waitFor();
  await row.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Every update: Answers to my requests' }).click();
  await page.getByText('No more of these updates').waitFor();
  const wanted = page.getByRole('switch', { name: 'Answers to my requests' });
  await page.waitForFunction((field) => !field.checked, await wanted.elementHandle());
  assert.deepEqual((await seller.get('/inbox/muted-kinds')).kinds, ['answer']);
  await look(page, 'inbox-kinds');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction((field) => field.checked, await wanted.elementHandle());
  assert.deepEqual((await seller.get('/inbox/muted-kinds')).kinds, []);
});

test('the hour of the daily letter is chosen beside the inbox and kept', async (t) => {
  const page = await goodword.openPageAs(t, 'owner');
  await page.goto('/inbox');
  await page.getByRole('heading', { name: 'Daily letter' }).waitFor();
  const wanted = page.getByRole('switch', { name: 'Write to me once a day' });
  assert.ok(await wanted.isChecked(), 'it comes until somebody switches it off');
  const saved = () => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
  await page.getByRole('combobox', { name: 'From this hour' }).click();
  await Promise.all([saved(), page.getByRole('option', { name: /^6:00\sAM$/ }).click()]);
  await look(page, 'inbox-letter');
  await Promise.all([saved(), wanted.click({ force: true })]);
  await page.reload();
  await page.getByRole('heading', { name: 'Daily letter' }).waitFor();
  assert.ok(!(await page.getByRole('switch', { name: 'Write to me once a day' }).isChecked()));
  const owner = await goodword.callAs('owner');
  const kept = await owner.get('/inbox/digest');
  assert.deepEqual([kept.is_on, kept.at_hour], [false, 6]);
});
