// One use of a customer serves two deals: the program team adds the second, the time is agreed once, and the buyer of the
// second gets an invitation.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findFree, giveAccount } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

const NEED_DAYS = 30;

function dayAhead(today, days) {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

test('a group call serves a second deal, which follows its time', async (t) => {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(goodword.callAs));
  const { today } = seller.session;
  const need_by = dayAhead(today, NEED_DAYS);
  const { items: deals } = await seller.get('/opportunities?scope=mine&status=open&sort=close_on');
  const [first, second] = deals.filter((one) => one.open_requests === 0 && !one.has_reference);
  const days = [3, 2, 1, 0].map((before) => dayAhead(today, NEED_DAYS - before));
  const free = await findFree(program, { opportunity_id: first.id, activity: 'group_call' }, days);
  await giveAccount(program, free.account, owner);
  const ask = (deal, more) => seller.post('/requests', { opportunity_id: deal.id, need_by, ...more });
  const made = await ask(first, { activity: 'group_call', advocates: [free.advocate] });
  const other = await ask(second, { activity: 'reference_call', advocates: [] });

  // The owner and the customer say yes.
  const step = async (act, path, body) => {
    const { candidates } = await program.get(`/requests/${made.id}`);
    return act.act(`/candidates/${candidates[0].id}/${path}`, body, candidates[0].version);
  };
  await step(program, 'approve', {});
  const link = await step(program, 'link', undefined);
  const advocate = await goodword.openPage(t);
  await advocate.goto(new URL(link.url).pathname);
  await advocate.getByRole('button', { name: 'Accept', exact: true }).click();
  await advocate.getByText(/Thank you/).first().waitFor();

  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/requests/${made.id}`);
  await page.getByRole('button', { name: 'Serve further deals' }).click();
  const dialog = page.getByRole('dialog', { name: 'Serve further deals' });
  await dialog.locator('label').filter({ hasText: second.name }).click();
  await look(page, 'group-call-add');
  await dialog.getByRole('button', { name: 'Add 1 deal' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Serves 2 deals with one use').waitFor();
  await look(page, 'group-call');

  const slots = [3, 2, 1].map((before) => `${dayAhead(today, NEED_DAYS - before)}T10:00`);
  const offered = await step(seller, 'slots', { slots, time_zone: 'UTC' });
  const [starts_at] = offered.candidates[0].appointment.slots;
  await step(seller, 'appointment', { starts_at });

  const sellers = await goodword.openPageAs(t, 'seller');
  await sellers.goto(`/requests/${other.id}`);
  await sellers.getByText('The time is arranged on the request that the group call began with.').waitFor();
  await sellers.getByRole('button', { name: 'Invite the buyer' }).click();
  const invite = sellers.getByRole('dialog', { name: 'Invite the buyer' });
  await invite.getByLabel('E-mail of the buyer').fill('buyer@prospect.example');
  await look(sellers, 'group-call-invite');
  await invite.getByRole('button', { name: 'Invite the buyer' }).click();
  await invite.waitFor({ state: 'detached' });
  await look(sellers, 'group-call-joined');
  const { candidates } = await seller.get(`/requests/${other.id}`);
  assert.deepEqual(
    [candidates[0].state, candidates[0].appointment.starts_at, candidates[0].appointment.buyer_is_invited],
    ['scheduled', starts_at, true],
  );
});
