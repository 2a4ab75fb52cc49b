// Two companies that are one: found after an import, compared, merged by keyboard and mouse, and
// parted again; another pair is told apart and does not come back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { look } from '../lib/pictures.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

const FILE = [
  'Account Name,Website,Employees',
  'Tallow Works,tallowworks.example,120',
  'Tallow Works Ltd,,140',
  'Wick Makers,wickmakers.example,40',
  'Wick Makers GmbH,,41',
].join('\n');

test('probable duplicates are merged, parted again and told apart', async (t) => {
  const program = await goodword.callAs('program');
  const names = async (q) => (await program.get(`/accounts?q=${encodeURIComponent(q)}`)).items.map((row) => row.name).sort();
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/imports');
  await page.locator('input[type=file]').setInputFiles({ name: 'companies.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('button', { name: 'Import 4 rows' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();

  await page.goto('/duplicates');
  const queue = page.getByRole('list', { name: 'Probable duplicates' });
  const pair = (name) => queue.getByRole('listitem').filter({ hasText: name });
  await page.getByRole('button', { name: 'Look again' }).click();
  await pair('Tallow Works Ltd').getByText('same name but for the legal form').waitFor();
  await look(page, 'duplicates');

  await pair('Tallow Works Ltd').getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('radio', { name: 'Keep Tallow Works', exact: true }).check();
  await page.getByRole('radio', { name: 'Employees: 140' }).check();
  await look(page, 'duplicates-compare');
  await page.getByRole('button', { name: 'Merge into Tallow Works', exact: true }).click();
  await page.getByText('Tallow Works Ltd went into another record').waitFor();
  assert.deepEqual(await names('Tallow'), ['Tallow Works']);

  await pair('Wick Makers GmbH').getByRole('button', { name: 'Not a duplicate' }).click();
  await page.getByText('They stay two records').waitFor();
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByText('Looked through all records').last().waitFor();
  assert.equal(await pair('Wick Makers GmbH').count(), 0, 'told apart for good');

  await page.getByRole('button', { name: 'Undo the merge' }).click();
  await page.getByText('They are two records again').waitFor();
  assert.deepEqual(await names('Tallow'), ['Tallow Works', 'Tallow Works Ltd']);
});
