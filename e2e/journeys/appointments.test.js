// A time for the call: the advocate names three, the buyer picks one, it is moved and called off.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findFree, findUnservedDeal, giveAccount } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

const NEED_DAYS = 30;

/** A day that is far enough away to be no rush. */
function dayAhead(today, days = NEED_DAYS) {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** A request of the seller that the owner approved, with the link for the advocate. */
async function approved() {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(goodword.callAs));
  const { deal } = await findUnservedDeal(seller);
  const need_by = dayAhead(seller.session.today);
  // Free on every day that is offered: other uses may be planned around it.
  const days = [6, 5, 4, 3, 2, 1, 0].map((before) => dayAhead(seller.session.today, NEED_DAYS - before));
  const free = await findFree(seller, { opportunity_id: deal.id, activity: 'reference_call' }, days);
  await giveAccount(program, free.account, owner);
  const made = await seller.post('/requests', {
    opportunity_id: deal.id,
    activity: 'reference_call',
    need_by,
    advocates: [free.advocate],
  });
  const [first] = made.candidates;
  const after = await program.act(`/candidates/${first.id}/approve`, {}, first.version);
  const [asked] = after.candidates;
  const link = await program.act(`/candidates/${asked.id}/link`, undefined, asked.version);
  return { seller, made, link: new URL(link.url).pathname };
}

/** Fills in times on three days at ten. */
async function fillTimes(form, today, from) {
  for (const [place, days] of [from, from + 1, from + 2].entries())
    await form.getByLabel(`Time ${place + 1}`).fill(`${dayAhead(today, days)}T10:00`);
}

test('the advocate names times, the buyer picks one by a link, and the seller moves it and calls it off', async (t) => {
  const { seller, made, link } = await approved();
  const { today } = seller.session;

  const advocate = await goodword.openPage(t);
  await advocate.goto(link);
  await advocate.getByRole('button', { name: 'Accept and name times' }).click();
  await fillTimes(advocate, today, NEED_DAYS - 3);
  await advocate.getByLabel('Where').fill('https://meet.example.com/call');
  await look(advocate, 'times-advocate');
  await advocate.getByRole('button', { name: 'Accept with these times' }).click();
  await advocate.getByText('The buyer picks one of your times.').waitFor();

  const page = await goodword.openPageAs(t, 'seller');
  await page.goto(`/requests/${made.id}`);
  await page.getByRole('heading', { name: 'Times on offer' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Pick / }).count(), 3);
  await look(page, 'times-on-offer');
  await page.getByRole('button', { name: 'Link for the buyer' }).click();
  const shown = page.getByRole('dialog').getByRole('textbox', { name: 'Link for the buyer' });
  await shown.waitFor();
  const pick = new URL(await shown.inputValue()).pathname;

  const buyer = await goodword.openPage(t);
  await buyer.goto(pick);
  await buyer.getByRole('heading', { name: 'Choose a time' }).waitFor();
  await look(buyer, 'times-buyer');
  await buyer.locator('label').filter({ has: buyer.getByRole('radio') }).nth(1).click();
  await buyer.getByRole('button', { name: 'Take this time' }).click();
  await buyer.getByRole('heading', { name: 'The time is agreed' }).waitFor();
  const file = await buyer.request.get(await buyer.getByRole('link', { name: 'Add to your calendar' }).getAttribute('href'));
  assert.match(file.headers()['content-type'], /^text\/calendar/);
  assert.match(await file.text(), /METHOD:REQUEST[\s\S]*SEQUENCE:0/);
  await look(buyer, 'times-picked');

  await page.reload();
  await page.getByText('https://meet.example.com/call').waitFor();
  await look(page, 'times-agreed');
  await page.getByRole('button', { name: 'Move it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Offer times' });
  await fillTimes(dialog, today, NEED_DAYS - 6);
  await look(page, 'times-move');
  await dialog.getByRole('button', { name: 'Offer these times' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Pick / }).first().click();
  await page.getByText('Time agreed').waitFor();
  await page.getByRole('button', { name: 'Call off' }).click();
  const asks = page.getByRole('dialog', { name: 'Call off the agreed time?' });
  await asks.getByRole('button', { name: 'Call off' }).click();
  await asks.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Offer times' }).waitFor();
  const { candidates } = await seller.get(`/requests/${made.id}`);
  assert.deepEqual([candidates[0].state, candidates[0].appointment.starts_at], ['accepted', null]);
});
