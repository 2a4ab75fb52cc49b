// The people who work here: narrowed, sorted and opened like any other list; help and the palette where
// there is no keyboard, or nothing but one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

test('colleagues are narrowed by access and team, sorted by a column, and opened by keyboard', async (t) => {
  const admin = await goodword.callAs('admin');
  const { items } = await admin.get('/users?limit=200');
  const never = items.filter((one) => one.is_active && !one.can_sign_in);
  const { team } = never.find((one) => one.team);
  const there = never.filter((one) => one.team === team);
  assert.ok(there.length < never.length && never.length < items.length, 'every colleague is of one kind');
  const page = await goodword.openPageAs(t, 'admin');
  await page.goto('/settings/users');
  await page.getByText(`${items.length} of ${items.length} people shown`).waitFor();
  await page.getByRole('combobox', { name: 'Access' }).click();
  await page.getByRole('option', { name: 'Known by name' }).click();
  await page.getByText(`${never.length} of ${items.length} people shown`).waitFor();
  await page.getByRole('combobox', { name: 'Team' }).click();
  await page.getByRole('option', { name: team, exact: true }).click();
  await page.getByText(`${there.length} of ${items.length} people shown`).waitFor();
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort="descending"]')).waitFor();
  const shown = await page.getByRole('rowheader').allInnerTexts();
  assert.deepEqual(shown, [...shown].sort((one, other) => other.localeCompare(one, 'en')));
  await page.reload();
  await page.getByText(`${there.length} of ${items.length} people shown`).waitFor();
  await look(page, 'people-narrowed');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: shown[0] }).getByRole('textbox', { name: 'Name' }).waitFor();
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
