// An account's page: who speaks for the customer, what is sold to it, when it renews, and what keeps
// it from being used.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

/** An active advocate whose account has an open deal. */
async function findSoldTo(program) {
  const { items } = await program.get('/advocates?status=active&limit=200');
  for (const advocate of items.filter((one) => one.account)) {
    const deals = await program.get(`/opportunities?account=${advocate.account.id}&status=open&limit=5`);
    if (deals.total > 0) return { advocate, deals };
  }
  throw new Error('No active advocate works at a customer with an open deal');
}

test('the page of an account shows its advocates and open deals, each of which leads on', async (t) => {
  const program = await goodword.callAs('program');
  const { advocate, deals } = await findSoldTo(program);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/${advocate.account.id}`);
  const people = page.getByRole('region', { name: 'Advocates', exact: true });
  await people.getByRole('link', { name: advocate.display_name }).first().waitFor();
  const sold = page.getByRole('region', { name: 'Open deals', exact: true });
  for (const deal of deals.items) await sold.getByRole('link', { name: deal.name }).first().waitFor();
  await look(page, 'account-overview');
  await sold.getByRole('link', { name: deals.total === 1 ? '1 open deal' : `${deals.total} open deals` }).click();
  await page.getByRole('heading', { level: 1, name: 'Opportunities' }).waitFor();
  await page.getByRole('rowheader', { name: deals.items[0].name }).first().waitFor();
});

test('the page of an account shows who gave a reference lately and for which deal, to those who may know it', async (t) => {
  const [program, seller] = await Promise.all(['program', 'seller'].map(goodword.callAs));
  const { items } = await program.get('/advocates?status=active&limit=200');
  let found;
  for (const { account } of items.filter((one) => one.account)) {
    const { items: uses, total } = await program.get(`/accounts/${account.id}/uses?limit=5`);
    if (uses.some((use) => use.opportunity_id)) found ??= { account, uses, total };
  }
  assert.ok(found, 'No customer of the demo company was used on a deal');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/${found.account.id}`);
  const uses = page.getByRole('region', { name: 'Recent uses', exact: true });
  await uses.getByText(found.total === 1 ? '1 use in all' : `${found.total} uses in all`).waitFor();
  assert.equal(await uses.getByRole('listitem').count(), found.uses.length);
  await uses.getByRole('link', { name: 'Open the deal' }).first().click();
  await page.waitForURL(/\/opportunities\//);

  assert.equal((await seller.get(`/accounts/${found.account.id}`)).sees_uses, false);
  const other = await goodword.openPageAs(t, 'seller');
  await other.goto(`/accounts/${found.account.id}`);
  await other.getByRole('region', { name: 'Details', exact: true }).waitFor();
  assert.equal(await other.getByRole('region', { name: 'Recent uses', exact: true }).count(), 0);
});

test('the page of an account says when it renews, and leads to that deal', async (t) => {
  const program = await goodword.callAs('program');
  const filter = encodeURIComponent(JSON.stringify({ all: [{ field: 'kind', is: 'any_of', value: ['renewal'] }] }));
  const { items } = await program.get(`/opportunities?status=open&filter=${filter}&limit=20`);
  const renewal = items.find((deal) => deal.account && deal.close_on);
  assert.ok(renewal, 'No customer of the demo company has an open renewal');
  const first = await program.get(`/opportunities?status=open&account=${renewal.account.id}&filter=${filter}&limit=1`);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/${renewal.account.id}`);
  const fact = page.locator('dl > div').filter({ has: page.getByText('Renewal', { exact: true }) });
  await fact.getByRole('link').click();
  await page.waitForURL(new RegExp(`/opportunities/${first.items[0].id}`));
});

test('an account is kept from use with its reason and last day, and the lock is lifted again', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/accounts?locked=false&limit=50');
  const account = items.find((one) => one.locks.length === 0);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/accounts/${account.id}`);
  await page.getByRole('button', { name: 'Keep from use' }).click();
  const dialog = page.getByRole('dialog', { name: `Keep ${account.name} from being used` });
  await dialog.getByRole('button', { name: 'Keep from use' }).click();
  await dialog.getByText('Choose why.').waitFor();
  await dialog.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: 'Payment dispute' }).click();
  await dialog.getByLabel('Last day').fill('2199-12-31');
  await dialog.getByRole('button', { name: 'Keep from use' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Not to be used: Payment dispute').waitFor();
  await page.getByText(/until Dec 31, 2199/).first().waitFor();
  await look(page, 'account-locked');
  const [lock] = (await program.get(`/accounts/${account.id}`)).locks;
  assert.deepEqual([lock.reason, lock.until], ['payment_dispute', '2199-12-31']);

  await page.getByRole('button', { name: 'Lift the lock: Payment dispute' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the lock' }).click();
  await page.getByText('May be used').first().waitFor();
  assert.deepEqual((await program.get(`/accounts/${account.id}`)).locks, []);
});
