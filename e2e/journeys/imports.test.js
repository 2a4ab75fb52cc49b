// A file from a CRM goes in: what it holds is guessed, a person answers what can be read in two ways,
// the check writes nothing, and the rows that are left out come back with the reason.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { look } from '../lib/pictures.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

const FILE = [
  'Opportunity Name,Account Name,Amount,Close Date,Created Date,Stage',
  'Kiln Works: Larkspur Guard,Kiln Works,41000,03/04/2027,05/06/2026,Proposal',
  'Kiln Works: Larkspur Flow,Kiln Works,12000,07/08/2027,05/06/2026,Proposal',
  ',Kiln Works,900,09/10/2027,05/06/2026,Proposal',
].join('\n');
const COUNT = (page, name) => page.getByRole('term').filter({ hasText: name }).locator('+ dd');

test('deals come in from a file after a person said how its days are written', async (t) => {
  const program = await goodword.callAs('program');
  const dealsBefore = (await program.get('/opportunities?limit=1')).total;
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/imports');
  await page.getByText('Nothing was imported yet').waitFor();
  await look(page, 'imports');

  await page.locator('input[type=file]').setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('heading', { name: 'deals.csv', level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'Before it can go on' }).waitFor();
  await look(page, 'import-questions');
  for (const group of await page.getByRole('radiogroup').all()) await group.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Use these answers' }).click();

  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
  assert.equal((await program.get('/opportunities?limit=1')).total, dealsBefore, 'a check writes nothing');
  await look(page, 'import-checked');

  await page.getByRole('button', { name: 'Import 3 rows' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  assert.equal(await COUNT(page, 'Failed').innerText(), '1');
  assert.equal((await program.get('/opportunities?limit=1')).total, dealsBefore + 2);
  await look(page, 'import-done');

  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the failed rows' }).click();
  const left = await readFile(await (await coming).path(), 'utf8');
  assert.match(left, /Kiln Works,900/);
  assert.doesNotMatch(left, /41000/);
});

test('an import is undone after a look at what would go back, and what somebody used since stays', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/imports');
  const people = 'Contact Name,Email,Account Name\nVera Tallow,vera@tallowworks.example,Tallow Works\nJon Wick,jon@wickmakers.example,Wick Makers\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) });
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await program.post('/advocates', { account_name: 'Wick Makers', name: 'Jon Wick', email: 'jon@wickmakers.example' });

  await page.getByRole('button', { name: 'See what would go back' }).click();
  await page.getByRole('heading', { name: 'What would go back' }).waitFor();
  await page.getByText('Used or changed after the import').first().waitFor();
  await look(page, 'import-undo');
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'What went back' }).waitFor();
  assert.equal(await COUNT(page, 'Removed').first().innerText(), '2', 'Vera and her company');
  await look(page, 'import-undone');
  const names = async (text) => (await program.get(`/accounts?q=${encodeURIComponent(text)}`)).items.map((row) => row.name);
  assert.deepEqual(await names('Tallow Works'), []);
  assert.deepEqual(await names('Wick Makers'), ['Wick Makers']);
});

test('a seller has no way to imports', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', { refusals: [403] });
  await page.goto('/');
  await page.getByRole('link', { name: 'Find' }).first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Imports' }).count(), 0);
});
