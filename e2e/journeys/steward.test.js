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

test('who left their company is not asked any more, and the profile is retired from the queue', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=active&limit=200');
  const waiting = new Set((await program.get('/steward?reason=departed&limit=200')).items.map((one) => one.record_id));
  const named = items.filter((one) => items.filter((other) => other.display_name === one.display_name).length === 1);
  const chosen = named.find((one) => one.account && !waiting.has(one.id));
  assert.ok(chosen, 'somebody speaks for a customer');
  const { contact_id: contact } = await program.get(`/advocates/${chosen.id}`);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/contacts/${contact}`);
  await page.getByRole('button', { name: 'Change Left the company on' }).click();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Left the company on').fill(yesterday);
  await page.keyboard.press('Enter');
  await page.locator('header').getByText(/^Left the company on/).first().waitFor();
  await look(page, 'contact-left');

  await page.goto(`/advocates/${chosen.id}`);
  await page.getByText(/^Left the company on/).first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Request', exact: true }).count(), 0, 'nobody asks them');
  await page.goto('/steward?reason=departed');
  const row = page.getByRole('listitem').filter({ hasText: chosen.display_name });
  await row.getByRole('button', { name: 'Nominate the next' }).waitFor();
  await look(page, 'steward-departed');
  await row.getByRole('button', { name: `Retire ${chosen.display_name}` }).click();
  await page.getByRole('button', { name: 'Retire the profile' }).click();
  await page.getByText('The profile is retired').waitFor();
  await row.waitFor({ state: 'detached' });
  assert.equal((await program.get(`/advocates/${chosen.id}`)).status, 'retired');
});

test('an address from which mail comes back waits in the queue until somebody says that it works', async (t) => {
  const program = await goodword.callAs('program');
  const queue = () => program.get('/steward?reason=address_refused&limit=200');
  const waiting = new Set((await queue()).items.map((one) => one.record_id));
  const { items } = await program.get('/advocates?status=active&limit=200');
  const gone = new Set((await program.get('/steward?reason=departed&limit=200')).items.map((one) => one.record_id));
  const named = items.filter((one) => items.filter((other) => other.display_name === one.display_name).length === 1);
  const chosen = [];
  for (const one of named.filter((row) => !waiting.has(row.id) && !gone.has(row.id)).slice(0, 20)) {
    const profile = await program.get(`/advocates/${one.id}`);
    const contact = await program.get(`/contacts/${profile.contact_id}`);
    if (contact.email) chosen.push({ name: one.display_name, contact: contact.id });
  }
  assert.ok(chosen[0], 'somebody has an address');
  const { name, contact } = chosen[0];
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/contacts/${contact}`);
  await page.getByRole('button', { name: 'Mail comes back' }).click();
  await page.getByText(/^Mail comes back since/).waitFor();
  await look(page, 'contact-refused');
  await page.goto('/steward?reason=address_refused');
  // Somebody may wait for more than one reason.
  const row = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Mail comes back' });
  await row.getByRole('link', { name: 'Correct address' }).waitFor();
  await look(page, 'steward-refused');
  await row.getByRole('button', { name: 'It works' }).click();
  await page.getByText('Marked: the address works').waitFor();
  await row.waitFor({ state: 'detached' });
  assert.equal((await program.get(`/contacts/${contact}`)).email_refused_on, null);
});
