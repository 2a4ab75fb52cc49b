// The people who work here: narrowed, sorted and opened like any other list; help and the palette where
// there is no keyboard, or nothing but one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('colleagues are narrowed by access and team, sorted by a column, opened by keyboard and changed together', async (t) => {
  const admin = await goodword.callAs('admin');
  const { items } = await admin.get('/users?limit=200');
  const never = items.filter((one) => one.is_active && !one.can_sign_in);
  const { team } = never.find((one) => one.team);
  const of = (filter) => `/users?limit=1&filter=${encodeURIComponent(JSON.stringify(filter))}`;
  const known = { field: 'access', is: 'any_of', value: ['no_password'] };
  const inTeam = { field: 'team', is: 'equals', value: team };
  const { total: all } = await admin.get(of({ all: [known] }));
  const { total: there } = await admin.get(of({ all: [known, inTeam] }));
  assert.ok(there > 1 && there < all, 'some of them are in the team');
  const page = await goodword.openPageAs(t, 'admin');
  await page.goto('/settings/users');
  await page.getByRole('combobox', { name: 'Access' }).click();
  await page.getByRole('option', { name: 'Known by name' }).click();
  await page.getByText(`of ${all} shown`).waitFor();
  await page.goto(`/settings/users?access=no_password&filter=${encodeURIComponent(JSON.stringify({ all: [inTeam] }))}`);
  await page.getByText(`of ${there} shown`).waitFor();
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort="descending"]')).waitFor();
  await page.getByText(`of ${there} shown`).waitFor();
  const shown = await page.getByRole('rowheader').allInnerTexts();
  assert.deepEqual(shown, [...shown].sort((one, other) => other.localeCompare(one, 'en')));
  await look(page, 'people-narrowed');
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: shown[0] }).getByRole('textbox', { name: 'Name' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(`of ${there} shown`).waitFor();

  await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
  await page.getByRole('region', { name: 'Chosen rows' }).getByRole('button', { name: 'Change together' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'What to change' }).click();
  await page.getByRole('option', { name: 'Team' }).click();
  await sheet.getByRole('textbox', { name: 'New team' }).fill('Night shift');
  await sheet.getByRole('button', { name: `Change ${there} records` }).click();
  await page.getByText(`${there} records changed`).waitFor();
  const shift = of({ all: [{ field: 'team', is: 'equals', value: 'Night shift' }] });
  assert.equal((await admin.get(shift)).total, there);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('records changed'));
  assert.equal((await admin.get(shift)).total, 0, 'everybody is in their team again');
});

test('the palette offers what one does with the record on screen', async (t) => {
  const program = await goodword.callAs('program');
  const [advocate] = (await program.get('/advocates?status=active&limit=1')).items;
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/advocates/${advocate.id}`);
  await page.getByRole('heading', { level: 1, name: advocate.display_name }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search and go to' }).getByRole('option', { name: 'More like this' }).click();
  await page.waitForURL(/\/find\?like=/);
});

test('help is in the menu of a phone', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', { viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.goto('/');
  await page.getByRole('button', { name: /^Your menu/ }).click();
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog', { name: /shortcuts|Help/i }).waitFor();
});
