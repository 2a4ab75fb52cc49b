// Deleting and restoring: an account goes with its people, comes back from the message and from the
// trash; one that deals rest on stays, with the reason.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { look } from '../lib/pictures.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

/** A part of the page that is still on its way asks for the record that has just gone. */
const LATE_PARTS = { refusals: [404] };

const FILE = ['Contact Name,Email,Account Name', 'Wren Tallow,wren@tallow.example,Tallow Works', 'Sid Wick,sid@tallow.example,Tallow Works'].join('\n');

/** Deleting stands behind the button for what is done rarely. */
async function pressDelete(page) {
  const main = page.getByRole('main');
  const more = main.getByRole('button', { name: 'More', exact: true });
  await more.waitFor();
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  await main.getByRole('button', { name: 'Delete', exact: true }).click();
}

test('an account is deleted with its people, taken back, deleted again and restored from the trash', async (t) => {
  const program = await goodword.callAs('program');
  const found = async (list, q) => (await program.get(`/${list}?q=${encodeURIComponent(q)}`)).items;
  const page = await goodword.openPageAs(t, 'program', LATE_PARTS);
  await page.goto('/imports');
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  const [account] = await found('accounts', 'Tallow Works');

  const remove = async () => {
    await pressDelete(page);
    await page.getByRole('dialog', { name: 'Delete Tallow Works?' }).waitFor();
  };
  await page.goto(`/accounts/${account.id}`);
  await remove();
  await look(page, 'trash-ask');
  await page.getByRole('button', { name: 'Delete Tallow Works' }).click();
  await page.getByText('Tallow Works is in the trash').waitFor();
  await page.waitForURL(/\/accounts$/);
  assert.deepEqual(await found('accounts', 'Tallow Works'), []);
  assert.deepEqual(await found('contacts', 'Wren Tallow'), []);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('is in the trash'));
  assert.equal((await found('contacts', 'Wren Tallow')).length, 1);

  await page.goto(`/accounts/${account.id}`);
  await remove();
  await page.getByRole('button', { name: 'Delete Tallow Works' }).click();
  await page.getByText('Tallow Works is in the trash').waitFor();
  await page.goto('/accounts');
  await page.getByRole('link', { name: 'Trash' }).click();
  await page.getByRole('row').filter({ hasText: 'with 2 contacts' }).waitFor();
  await look(page, 'trash');
  await page.getByRole('button', { name: 'Restore Tallow Works' }).click();
  await page.getByText('The trash is empty').waitFor();
  assert.equal((await found('accounts', 'Tallow Works'))[0].id, account.id);
});

test('an account that deals rest on stays, and the refusal says what to do instead', async (t) => {
  const program = await goodword.callAs('program');
  const deals = (await program.get('/opportunities?limit=20')).items;
  const { account } = deals.find((deal) => deal.account !== null);
  const page = await goodword.openPageAs(t, 'program', { refusals: [409] });
  await page.goto(`/accounts/${account.id}`);
  await pressDelete(page);
  await page.getByRole('button', { name: `Delete ${account.name}` }).click();
  await page.getByRole('alert').getByText('Lock the account instead').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: account.name }).waitFor();
});

test('content is deleted, taken back, deleted again and deleted for good', async (t) => {
  const program = await goodword.callAs('program');
  const title = 'A draft for the bin';
  const listed = async () => (await program.get(`/content?q=${encodeURIComponent(title)}`)).items;
  const made = await program.post('/content', { title, kind: 'quote', body: 'Said in passing.' });
  const page = await goodword.openPageAs(t, 'program', LATE_PARTS);
  const remove = async () => {
    await page.goto(`/content/${made.id}`);
    await pressDelete(page);
    await page.getByRole('button', { name: `Delete ${title}` }).click();
    await page.getByText(`${title} is in the trash`).waitFor();
    assert.deepEqual(await listed(), []);
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('is in the trash'));
  assert.equal((await listed()).length, 1);

  await remove();
  await page.goto('/trash');
  await page.getByRole('button', { name: `Delete for good: ${title}` }).click();
  const asked = page.getByRole('dialog', { name: `Delete ${title} for good?` });
  await asked.waitFor();
  await look(page, 'trash-for-good');
  await asked.getByRole('button', { name: `Delete for good: ${title}` }).click();
  await page.getByText('Deleted for good').waitFor();
  await page.getByText('The trash is empty').waitFor();
  assert.deepEqual((await program.get('/trash')).items, []);
});
