// Where each role begins, and the way to anything from anywhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, takePictures } from '../lib/pictures.js';

const goodword = useGoodword();

for (const [role, sections] of Object.entries({
  seller: ['My open deals', 'My requests'],
  owner: ['Waiting for your answer'],
  stakeholder: ['My requests'],
  program: ['Open requests', 'To look after'],
  executive: ['Deals that used a reference'],
  admin: ['The system', 'The log'],
  privacy: ['The log'],
})) {
  test(`the home of ${role} holds what the role looks after, and nothing that it may not see`, async (t) => {
    const page = await goodword.openPageAs(t, role);
    await page.goto('/');
    for (const name of sections) await page.getByRole('heading', { name, exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByRole('alert').count(), 0);
    await takePictures(page, `home-${role}`);
    await inEveryLook(page, () => expectNoAxeViolations(page));
  });
}

test('what the program looks after is counted as its list counts it', async (t) => {
  const program = await goodword.callAs('program');
  const { total } = await program.get('/advocates?status=active&stale_days=180&limit=1');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('listitem').filter({ hasText: 'not verified for 180 days' }).getByText(String(total), { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Active profiles not verified for 180 days' }).click();
  await page.getByText(`of ${total} shown`).waitFor();
});

test('the palette finds a contact and a screen', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/contacts?limit=1');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('heading', { name: 'To look after', exact: true }).waitFor();
  const open = async (words) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
  };
  await open(items[0].name);
  // Contacts stand under the advocates, who may bear the same name.
  await page.getByRole('option').filter({ hasText: items[0].name }).filter({ hasText: items[0].account.name }).last().click();
  await page.getByRole('heading', { level: 1, name: items[0].name }).waitFor();
  await open('Program rules');
  await page.getByRole('option', { name: 'Program rules', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Program rules' }).waitFor();
});

test('a nominee moves on by keyboard, and is declined only with a reason', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=nominated&limit=2');
  assert.equal(items.length, 2, 'the demo company has two nominees');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/recruiting');
  const nominated = page.getByRole('region', { name: 'Nominated' });
  await nominated.getByRole('listitem').first().waitFor();
  await takePictures(page, 'recruiting');
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  await page.getByText(`${items[0].display_name} is now in Vetting`).waitFor();
  assert.equal((await program.get(`/advocates/${items[0].id}`)).status, 'vetting');

  await nominated.getByRole('button', { name: `Decline ${items[1].display_name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await dialog.getByText('Say why, so that the next person knows.').waitFor();
  await dialog.getByLabel('Why').fill('Leaves the company in spring.');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await page.getByText(`${items[1].display_name} is now in Declined`).waitFor();
  assert.equal((await program.get(`/advocates/${items[1].id}`)).status, 'declined');
});
