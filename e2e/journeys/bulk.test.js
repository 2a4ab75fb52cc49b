// Many records at once: chosen by hand and by keyboard, looked at before, changed in one go, and
// taken back from the message and from the list of such changes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { look } from '../lib/pictures.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();
const chosen = (page) => page.getByRole('region', { name: 'Chosen rows' });

test('accounts get an owner together, the look before says how many, and one press takes it back', async (t) => {
  const program = await goodword.callAs('program');
  const unowned = async () => (await program.get('/accounts?unowned=true&limit=1')).total;
  const before = await unowned();
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/accounts');
  await page.getByRole('rowheader').first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await chosen(page).getByText('1 chosen').waitFor();
  await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
  const total = (await program.get('/accounts?limit=1')).total;
  await chosen(page).getByRole('button', { name: `Choose all ${total}` }).click();
  await chosen(page).getByText(`${total} chosen`).waitFor();
  await look(page, 'bulk-chosen');
  await chosen(page).getByRole('button', { name: 'Change together' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'What to change' }).click();
  await page.getByRole('option', { name: 'Owner' }).click();
  await sheet.getByRole('checkbox', { name: 'Nobody owns them' }).check();
  const change = sheet.getByRole('button', { name: /^Change \d+ records?$/ });
  await change.and(page.locator(':enabled')).waitFor();
  assert.equal(await change.innerText(), `Change ${total - before} records`);
  await look(page, 'bulk-look');
  await change.click();
  await page.getByText(`${total - before} records changed`).waitFor();
  assert.equal(await unowned(), total);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('records changed'));
  assert.equal(await unowned(), before, 'every account has its former owner');
});

test('tags are added to chosen deals, and taken back from the list of such changes', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/opportunities');
  await page.getByRole('rowheader').first().waitFor();
  const boxes = page.getByRole('row').getByRole('checkbox');
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await chosen(page).getByRole('button', { name: 'Change together' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'What to change' }).click();
  await page.getByRole('option', { name: 'Tags: add' }).click();
  await sheet.getByRole('combobox', { name: 'Kind of tag' }).click();
  await page.getByRole('option', { name: 'Partner' }).click();
  await sheet.getByRole('combobox', { name: 'Tags', exact: true }).click();
  await page.getByRole('option').first().click();
  await page.keyboard.press('Escape');
  await sheet.getByRole('button', { name: 'Change 2 records' }).click();
  await page.getByText('2 records changed').waitFor();

  await page.goto('/bulk-changes');
  const row = page.getByRole('row').filter({ hasText: '2 deals: tagged' });
  await row.waitFor();
  await look(page, 'bulk-changes');
  await row.getByRole('button', { name: /^Take back/ }).click();
  await row.getByText('Taken back').waitFor();
});

test('content chosen in the table gets a stage, and one press gives each its own back', async (t) => {
  const program = await goodword.callAs('program');
  const stages = async () => (await program.get('/content?limit=200')).items.map((row) => [row.id, row.stage]).sort();
  const before = await stages();
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/content?view=table');
  await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
  await look(page, 'bulk-content');
  await chosen(page).getByRole('button', { name: 'Change together' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'What to change' }).click();
  await page.getByRole('option', { name: 'Stage of the deal' }).click();
  await sheet.getByRole('combobox', { name: 'Stage', exact: true }).click();
  await page.getByRole('option', { name: 'Every stage' }).click();
  await sheet.getByRole('button', { name: /^Change \d+ records?$/ }).click();
  await page.getByText('records changed').waitFor();
  assert.notDeepEqual(await stages(), before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('records changed'));
  assert.deepEqual(await stages(), before);
});

test('an executive, who changes nothing, chooses nothing', async (t) => {
  const page = await goodword.openPageAs(t, 'executive');
  await page.goto('/accounts');
  await page.getByRole('rowheader').first().waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'Choose all shown' }).count(), 0);
});

test('nominees are vetted together, the look names who cannot move, and one press takes it back', async (t) => {
  const program = await goodword.callAs('program');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/advocates');
  await page.getByRole('rowheader').first().waitFor();
  const total = (await program.get('/advocates?limit=1')).total;
  await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
  await chosen(page).getByRole('button', { name: `Choose all ${total}` }).click();
  await chosen(page).getByRole('button', { name: 'Change together' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'What to change' }).click();
  await page.getByRole('option', { name: 'Status in the program' }).click();
  await sheet.getByRole('combobox', { name: 'New status' }).click();
  await page.getByRole('option', { name: 'Vetting' }).click();
  await sheet.getByText(/cannot move there from where they are, and stay:/).waitFor();
  await look(page, 'bulk-moves');
  const change = sheet.getByRole('button', { name: /^Change \d+ records?$/ });
  const nominated = (await program.get('/advocates?status=nominated&limit=1')).total;
  assert.match(await change.innerText(), new RegExp(`^Change ${nominated} record`));
  await change.click();
  await page.getByText(`${nominated} records changed`).waitFor();
  assert.equal((await program.get('/advocates?status=nominated&limit=1')).total, 0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => !document.body.innerText.includes('records changed'));
  assert.equal((await program.get('/advocates?status=nominated&limit=1')).total, nominated);
});
