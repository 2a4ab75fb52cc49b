// Lists that people live in: narrowed by what they build, kept as views, pinned, shared and exported.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();
const LISTS = { accounts: '/accounts', contacts: '/accounts/contacts', advocates: '/advocates', opportunities: '/opportunities', content: '/content' };
const asked = (filter) => `filter=${encodeURIComponent(JSON.stringify(filter))}`;
const LARGE = { field: 'employees', is: 'at_least', value: 500 };

/** Chooses an option of a select that is named. */
async function choose(scope, name, option) {
  await scope.getByRole('combobox', { name, exact: true }).last().click();
  await scope.page().getByRole('option', { name: option, exact: true }).click();
}

test('a filter of groups is built by hand, stands in the address, and leaves exactly what the server says', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Filter the list' });
  await sheet.getByRole('button', { name: 'Add a condition' }).click();
  const row = { page: () => page, getByRole: (...args) => sheet.getByRole(...args) };
  await choose(row, 'Field', 'Staff');
  await sheet.getByRole('button', { name: 'Show the list' }).click();
  await sheet.getByText('Give a value.').waitFor();
  await sheet.getByRole('textbox', { name: 'Value for Staff' }).fill('500');
  await sheet.getByRole('button', { name: 'Add a group' }).click();
  const inner = sheet.getByRole('group', { name: 'Conditions, level 2' });
  await inner.getByRole('button', { name: 'Add a condition' }).click();
  await inner.getByRole('textbox', { name: 'Value for Name' }).fill('a');
  await inner.getByRole('button', { name: 'Add a condition' }).click();
  await choose({ page: () => page, getByRole: (...args) => inner.getByRole(...args) }, 'Field', 'Owner');
  await choose({ page: () => page, getByRole: (...args) => inner.getByRole(...args) }, 'Question about Owner', 'is empty');
  await look(page, 'filter');
  await sheet.getByRole('button', { name: 'Show the list' }).click();
  await page.waitForURL(/filter=/);
  const filter = { all: [LARGE, { any: [{ field: 'name', is: 'contains', value: 'a' }, { field: 'owner', is: 'empty' }] }] };
  assert.deepEqual(JSON.parse(new URL(page.url()).searchParams.get('filter')), filter);
  const { total } = await program.get(`/accounts?limit=1&${asked(filter)}`);
  assert.ok(total > 0 && total < (await program.get('/accounts?limit=1')).total, `${total} accounts`);
  await page.getByText(`of ${total} shown`).waitFor();
  await page.reload();
  await page.getByText(`of ${total} shown`).waitFor();
  await page.getByRole('button', { name: '3 conditions' }).click();
  await sheet.getByRole('button', { name: 'Clear the filter' }).click();
  await page.waitForURL((address) => !address.searchParams.has('filter'));
});

test('every field that the server offers has a name, and a seller is not offered what a seller does not see', async (t) => {
  for (const [role, hidden] of [['program', []], ['seller', ['Health', 'NPS']]]) {
    const page = await goodword.openPageAs(t, role);
    for (const [list, path] of Object.entries(LISTS)) {
      if (role === 'seller' && list === 'contacts') continue;
      await page.goto(path);
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      const sheet = page.getByRole('dialog', { name: 'Filter the list' });
      await sheet.getByRole('button', { name: 'Add a condition' }).click();
      await sheet.getByRole('combobox', { name: 'Field', exact: true }).click();
      await page.getByRole('option').first().waitFor();
      const names = await page.getByRole('option').allInnerTexts();
      assert.ok(names.length > 10, `${list} offers ${names.length} fields`);
      assert.deepEqual(names.filter((name) => name.includes('list_field') || hidden.includes(name)), [], `${list} for the ${role}`);
    }
  }
});

test('a view is saved, pinned, opened from the navigation, shared, and taken away again', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  const seller = await goodword.callAs('seller');
  await page.goto(`/accounts?sort=employees&${asked({ all: [LARGE] })}`);
  const shown = await page.getByRole('rowheader').first().innerText();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Large customers عملاء');
  await page.getByRole('button', { name: 'Save what is shown' }).click();
  const link = page.getByRole('region', { name: 'Pinned views' }).getByRole('link', { name: 'Large customers' });
  await link.waitFor();
  assert.equal((await seller.get('/views')).items.length, 0, 'private first');
  await page.getByRole('button', { name: /^Share Large customers/ }).click();
  await page.getByRole('button', { name: /^Keep Large customers/ }).waitFor();
  assert.equal((await seller.get('/views')).items.length, 1);
  await look(page, 'views');
  await page.goto('/advocates');
  await link.click();
  await page.waitForURL(/sort=employees/);
  await page.getByRole('rowheader', { name: shown, exact: true }).waitFor();
  assert.equal(await link.getAttribute('aria-current'), 'page');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: /^Remove the view Large customers/ }).click();
  await link.waitFor({ state: 'detached' });
});

test('an export is the list on the screen: its records, its order, its number', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts?owner=nobody&sort=name&direction=descending&${asked({ all: [{ field: 'name', is: 'contains', value: 'e' }] })}`);
  await page.getByRole('rowheader').first().waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Raw data' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trim().split('\n').map((line) => JSON.parse(line));
  const both = { all: [{ field: 'owner', is: 'empty' }, { field: 'name', is: 'contains', value: 'e' }] };
  const list = await program.get(`/accounts?sort=name&direction=descending&limit=200&${asked(both)}`);
  assert.ok(list.total > 1);
  assert.equal(lines.length, list.total);
  const text0 = JSON.stringify(lines[0]);
  assert.ok(text0.includes(list.items[0].id), `${list.items[0].name} comes first: ${text0}`);
  await page.getByText(`${list.total} rows exported`).waitFor();
  await page.getByText('Everything that the list shows.').waitFor();
});

test('the audit log, requests, queues and the board go out with as many rows as their screens count', async (t) => {
  const program = await goodword.callAs('program');
  const count = async (path) => (await program.get(path)).total;
  const stages = ['nominated', 'vetting', 'invited', 'onboarding'];
  const counts = {
    '/settings/audit?kind=account': await count('/events?kind=account'),
    '/requests': await count('/requests?scope=all'),
    '/load?list=never_asked': (await program.get('/load')).never_asked.total,
    '/steward': await count('/steward'),
    '/duplicates': await count('/duplicates?kind=account'),
    '/recruiting': (await Promise.all(stages.map((stage) => count(`/advocates?status=${stage}`)))).reduce((sum, one) => sum + one),
  };
  const page = await goodword.openPageAs(t, 'program');
  for (const [address, rows] of Object.entries(counts)) {
    await page.goto(address);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Spreadsheet' }).click()]);
    await page.getByText(`${rows.toLocaleString('en-US')} rows exported`).waitFor();
    const text = await readFile(await download.path(), 'utf8');
    assert.ok(rows > 0 && text.split('\r\n').length >= rows + 2, `${address}: ${rows} rows, a heading, and the last line's end`);
  }
});
