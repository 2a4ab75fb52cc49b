// What wears out, worked off by keyboard: confirmed, asked about, put off, and each taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('the steward queue is worked off by keyboard, and what was done can be taken back', async (t) => {
  const program = await goodword.callAs('program');
  const queue = () => program.get('/steward?reason=stale');
  const before = await queue();
  assert.ok(before.total >= 3, 'the demo company has stale profiles');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/steward');
  const list = page.getByRole('list', { name: 'To look after' });
  await list.getByRole('listitem').first().waitFor();
  await look(page, 'steward');

  await page.getByRole('navigation', { name: 'Reasons' }).getByRole('link', { name: 'Not verified' }).click();
  await page.getByText(`of ${before.total} shown`).waitFor();
  const chosen = list.locator('[aria-current]');
  await page.keyboard.press('v');
  await page.getByText('Confirmed as it stands').waitFor();
  await page.getByText(`of ${before.total - 1} shown`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`of ${before.total} shown`).waitFor();
  assert.deepEqual((await queue()).items[0].on, before.items[0].on, 'the former day stands again');

  await page.keyboard.press('j');
  await chosen.getByText(before.items[1].name).waitFor();
  await page.keyboard.press('s');
  await look(page, 'steward-put-off');
  await page.getByRole('button', { name: /^next month|^in 4 weeks/ }).click();
  await page.getByText(/^Put off until/).waitFor();
  await page.getByText(`of ${before.total - 1} shown`).waitFor();
  await page.getByRole('navigation', { name: 'Reasons' }).getByRole('link', { name: 'Put off' }).click();
  await chosen.getByText(/^Put off by/).waitFor();
  await page.keyboard.press('s');
  await page.getByText('It waits again').waitFor();
  await page.getByText('Nothing is put off').waitFor();
  assert.equal((await queue()).total, before.total);
});

test('an owner is asked to look, and finds the question in the inbox', async (t) => {
  const owner = await goodword.callAs('owner');
  const own = await owner.get('/steward');
  const row = own.items.find((one) => one.record_kind === 'advocate');
  assert.ok(row, 'the demo owner has an advocate to look after');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/steward?reason=${row.reason}`);
  const waiting = page.getByRole('listitem').filter({ hasText: row.name });
  await waiting.getByRole('button', { name: 'Ask the owner' }).click();
  await page.getByText('The owner is asked').waitFor();
  const inbox = await owner.get('/inbox');
  assert.ok(inbox.items[0].title.startsWith(row.name), inbox.items[0].title);
  assert.equal(inbox.items[0].link, `/advocates/${row.record_id}`);
});
