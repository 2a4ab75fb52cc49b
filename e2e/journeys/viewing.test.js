// Looking at the product with somebody else's eyes, and being told why something is hidden.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword();

/** The demo person who signs in for a role. */
async function personOf(role) {
  return (await (await goodword.callAs(role)).get('/session')).user;
}

test('an admin views as a seller, changes nothing, meets no person, and stops', async (t) => {
  const seller = await personOf('seller');
  const program = await goodword.callAs('program');
  const [known] = (await program.get('/advocates?limit=1')).items;
  const page = await goodword.openPageAs(t, 'admin', { refusals: [403] });
  await page.goto(`/settings/users?role=seller&q=${encodeURIComponent(seller.name)}`);
  await page.getByRole('button', { name: `View as ${seller.name}` }).click();
  const banner = page.getByRole('region', { name: 'What you see' });
  await banner.getByText(`You are viewing as ${seller.name}`).waitFor();
  await banner.getByText('Names and contact details stay hidden').waitFor();
  await expectNoAxeViolations(page);

  await page.goto(`/advocates/${known.id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.getByText(known.display_name, { exact: true }).count(), 0);
  const refused = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/saved-searches', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'viewing' }, body: '{}' });
    return answer.json();
  });
  assert.equal(refused.code, 'only_viewing');
  await banner.getByRole('button', { name: 'Stop viewing' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  assert.equal(await banner.count(), 0);

  await page.goto('/settings/audit?kind=user');
  await page.getByRole('button', { name: 'Stopped viewing as somebody else' }).first().waitFor();
  await page.getByRole('button', { name: 'Began to view as somebody else' }).first().waitFor();
});

test('the program team looks through a role, on a narrow screen too', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { viewport: { width: 360, height: 740 } });
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'View as a role' }).click();
  assert.equal(await page.getByRole('menuitem', { name: 'Admin' }).count(), 0);
  await page.getByRole('menuitem', { name: 'Executive' }).click();
  await page.getByText('You are viewing with the role Executive').waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.equal(overflow, 0);
  await page.getByRole('button', { name: 'Stop viewing' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
});

test('a page that is hidden says by which rule, whether or not its record exists', async (t) => {
  const program = await goodword.callAs('program');
  const seller = await goodword.callAs('seller');
  const own = new Set((await seller.get('/opportunities?limit=200')).items.map((deal) => deal.id));
  const deal = (await program.get('/opportunities?limit=200')).items.find(({ id }) => !own.has(id));
  const page = await goodword.openPageAs(t, 'seller', { refusals: [404] });
  const told = [];
  for (const id of [deal.id, '019ac000-0000-7000-8000-000000000000']) {
    await page.goto(`/opportunities/${id}`);
    await page.getByRole('link', { name: "Why can't I see this?" }).first().click();
    await page.getByText('Why it is hidden').waitFor();
    await page.getByText(/looks the same to you as one that does not exist/).waitFor();
    told.push(await page.locator('main').innerText());
  }
  assert.equal(told[0], told[1]);
  assert.match(told[0], /Roles are given by/);
  await expectNoAxeViolations(page);
});

test('an admin asks what a colleague sees of a record', async (t) => {
  const program = await goodword.callAs('program');
  const seller = await personOf('seller');
  const [account] = (await program.get('/accounts?limit=1')).items;
  const [contact] = (await program.get('/contacts?limit=1')).items;
  const page = await goodword.openPageAs(t, 'admin');
  await page.goto('/settings/sight');
  await page.getByRole('combobox', { name: 'Colleague' }).fill(seller.name);
  await page.getByRole('option', { name: seller.name }).click();
  const address = page.getByRole('textbox', { name: 'Address of the record' });
  await address.fill(`${goodword.program().address}/accounts/${account.id}`);
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByText(`${seller.name} sees it.`).waitFor();
  await address.fill(`/accounts/contacts/${contact.id}`);
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByText(/none of their roles \(Seller\) shows records of this kind/).waitFor();
  await expectNoAxeViolations(page);
});
