// Those who run the program: words become terms, rules change, people come and go, keys are made, and
// the log tells all of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

async function termOf(program, name) {
  const { items } = await program.get('/terms?facet=industry&limit=5000');
  return items.find((term) => term.name === name);
}

test('a word from a file becomes a term with one key', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/taxonomy/unmapped');
  const queue = page.getByRole('list', { name: 'Tagging queue' });
  await queue.getByRole('button', { name: /^Means / }).first().waitFor();
  const rows = await queue.getByRole('listitem').all();
  const words = await Promise.all(rows.map((row) => row.innerText()));
  const at = words.findIndex((text) => text.includes('Means '));
  for (let step = 0; step < at; step += 1) await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByText('Mapped', { exact: true }).waitFor();
  await queue.getByText(words[at].split('\n')[0], { exact: true }).waitFor({ state: 'detached' });
});

test('a term is renamed, merged and taken apart again', async (t) => {
  const program = await goodword.callAs('program');
  const before = await termOf(program, 'Aerospace');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/taxonomy?facet=industry');
  await page.getByRole('button', { name: 'Aerospace', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Aerospace' });
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Aircraft and space');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Term saved').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Aerospace', exact: true }).waitFor();

  await page.getByRole('dialog').getByRole('combobox', { name: 'Merge into' }).fill('Defense');
  await page.getByRole('option', { name: 'Defense', exact: true }).click();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByText('Terms merged').waitFor();
  assert.equal((await termOf(program, 'Aerospace')).merged_into, (await termOf(program, 'Defense')).id);
  await page.getByRole('alert').filter({ hasText: 'Terms merged' }).getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Aerospace', exact: true }).waitFor();
  const after = await termOf(program, 'Aerospace');
  assert.deepEqual({ ...after, version: before.version }, before);
});

test('what a synonym would change is shown before it is saved', async (t) => {
  const seller = await goodword.callAs('seller');
  assert.equal((await seller.post('/matches', { text: 'sopwithcamels' })).total, 0);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/taxonomy?facet=industry');
  await page.getByRole('button', { name: 'Hospitals', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Hospitals' });
  const effect = sheet.getByRole('region', { name: 'What would change' });
  assert.equal(await effect.count(), 0, 'nothing was typed');
  await sheet.getByRole('combobox', { name: 'Also written' }).fill('Sopwithcamels');
  await sheet.getByRole('combobox', { name: 'Also written' }).press('Enter');
  const search = effect.getByRole('listitem').filter({ hasText: 'sopwithcamels' });
  assert.match(await search.innerText(), /0 → [1-9][0-9]* advocates/);
  await expectNoAxeViolations(page);
});

test('two people change the rules at once and both changes hold', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program', { refusals: [412] });
  await page.goto('/settings/rules?q=rest');
  await page.getByRole('textbox', { name: 'Rest after a use, in days' }).fill('45');
  const { protection } = await program.get('/settings');
  await program.change('/settings/protection', { heavy_rest_days: 120 }, protection.version);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Rules saved').waitFor();
  const { protection: now } = await program.get('/settings');
  assert.deepEqual([now.value.rest_days, now.value.heavy_rest_days, now.default.rest_days], [45, 120, 30]);
  await page.getByText(/^Last changed from 30 to 45 by /).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Uses per advocate' }).count(), 0, 'only what was asked for is shown');
});

test('of two changes to the same rule the person chooses, and nothing typed is lost', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program', { refusals: [412] });
  await page.goto('/settings/rules?q=uses+per');
  await page.getByRole('textbox', { name: 'Uses per advocate' }).fill('4');
  const { protection } = await program.get('/settings');
  await program.change('/settings/protection', { uses_per_advocate: 9 }, protection.version);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Someone changed this while you were editing').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Uses per advocate' }).inputValue(), '4');
  await page.getByRole('button', { name: 'Save mine' }).click();
  await page.getByText('Rules saved').waitFor();
  assert.equal((await program.get('/settings')).protection.value.uses_per_advocate, 4);
});

test('an admin adds a colleague and switches the access off, and the log tells both', async (t) => {
  const page = await goodword.openPageAs(t, 'admin');
  await page.goto('/settings/users?user=new');
  const sheet = page.getByRole('dialog', { name: 'Add person' });
  await sheet.getByRole('textbox', { name: 'Name' }).fill('نورا الحارثي');
  await sheet.getByRole('textbox', { name: 'E-mail' }).fill('noura@demo.example');
  await sheet.getByRole('checkbox', { name: 'Seller' }).check();
  await sheet.getByLabel('First password').fill('a quiet lake at noon');
  await sheet.getByRole('button', { name: 'Add person' }).click();
  await page.getByText('Person added').waitFor();
  await page.getByRole('searchbox', { name: 'Search people' }).fill('نورا');
  await page.getByRole('button', { name: 'نورا الحارثي', exact: true }).click();
  await page.getByRole('button', { name: 'Switch off access' }).click();
  await page.getByText('Access switched off').waitFor();

  await page.goto('/settings/audit?kind=user');
  await page.getByRole('button', { name: 'Changed is active of the user' }).first().click();
  const entry = page.getByRole('dialog');
  await entry.getByRole('row', { name: /is active true false/ }).waitFor();
  await entry.getByRole('button', { name: 'Everything about this record' }).click();
  await page.getByRole('button', { name: 'One record only' }).waitFor();
  await page.getByText('2 of 2 shown').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Added the user' }).count(), 1);
  await page.getByRole('button', { name: 'Verify the whole log' }).click();
  await page.getByText(/The log is whole: [\d,]+ events/).waitFor();
});

test('a token is shown once, works, and works no more when revoked', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/settings/tokens?token=new');
  const sheet = page.getByRole('dialog', { name: 'Make a token' });
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Nightly sync');
  await sheet.getByRole('checkbox', { name: 'Read accounts' }).check();
  await sheet.getByRole('button', { name: 'Make a token' }).click();
  const token = await sheet.getByRole('textbox', { name: 'Token' }).inputValue();
  const { address } = goodword.program();
  const ask = async (path) => (await fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.deepEqual([await ask('/accounts?limit=1'), await ask('/advocates?limit=1')], [200, 403]);
  await sheet.getByRole('button', { name: 'I kept it' }).click();
  await page.getByRole('button', { name: 'Revoke Nightly sync' }).click();
  await page.getByRole('dialog', { name: 'Revoke Nightly sync?' }).getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No token').waitFor();
  assert.equal(await ask('/accounts?limit=1'), 401);
});
