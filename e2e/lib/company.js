// Finds in the demo company what a journey starts from. The company moves with the calendar, so a
// journey says what it needs and never names a record.

import assert from 'node:assert/strict';

/** Deals that the home of a seller shows. */
const SHOWN_AT_HOME = 6;

/** Deals of a list that have neither a reference nor a request, and a name of their own. */
function unserved(deals) {
  const names = deals.map(({ name }) => name);
  const isAlone = ({ name }) => names.indexOf(name) === names.lastIndexOf(name);
  return deals.filter((one) => !one.has_reference && one.open_requests === 0 && isAlone(one));
}

/**
 * An open deal of the seller without a reference or a request, the only one of its name and shown at home, with its
 * matches, best first. Where there is none left, the seller gets one of a colleague's; where home does not show it, it
 * is made to close before the others.
 */
export async function findUnservedDeal(seller) {
  const { items: own } = await seller.get('/opportunities?scope=mine&status=open&sort=close_on');
  const deal = (await findServable(seller, unserved(own))) ?? (await takeOver(seller, own));
  if (own.indexOf(deal) < 0 || own.indexOf(deal) >= SHOWN_AT_HOME) {
    const { version } = await seller.get(`/opportunities/${deal.id}`);
    await seller.change(`/opportunities/${deal.id}`, { close_on: dayBefore(own[0].close_on) }, version);
  }
  return { deal, matches: await matchesOf(seller, deal) };
}

const matchesOf = async (caller, deal) => (await caller.get(`/opportunities/${deal.id}/matches?activity=reference_call`)).rows;

/** The first of some deals that somebody fits. */
async function findServable(caller, deals) {
  for (const deal of deals) if ((await matchesOf(caller, deal)).length > 0) return deal;
  return undefined;
}

/** Makes an unserved deal of somebody else the seller's. */
async function takeOver(seller, own) {
  const program = await seller.colleague('program');
  const { items } = await program.get('/opportunities?scope=all&status=open&sort=close_on&limit=200');
  const others = items.filter(({ id }) => own.every((one) => one.id !== id));
  const deal = await findServable(program, unserved([...own, ...others]).filter((one) => others.includes(one)));
  assert.ok(deal, 'The demo company has no open deal without a reference that somebody fits');
  const { version } = await program.get(`/opportunities/${deal.id}`);
  await program.change(`/opportunities/${deal.id}`, { owner_id: seller.session.user.id }, version);
  return deal;
}

function dayBefore(day) {
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}

/** The best match that is free on each of some days. */
export async function findFree(seller, ask, days) {
  const answers = await Promise.all(days.map((need_by) => seller.post('/matches', { ...ask, need_by })));
  const free = answers.map(({ rows }) => rows.filter(({ availability }) => availability.state === 'free'));
  const isFree = ({ advocate }) => free.every((rows) => rows.some((row) => row.advocate === advocate));
  const found = free[0].find(isFree);
  assert.ok(found, `Nobody is free on all of ${days.length} days`);
  return found;
}

/** Makes somebody the owner of the account that an advocate works at. */
export async function giveAccount(program, account, owner) {
  const { version } = await program.get(`/accounts/${account}`);
  await program.change(`/accounts/${account}`, { owner_id: owner.session.user.id }, version);
}

/** The candidate of the seller's newest request on a deal, as the seller sees it now. */
export async function findCandidate(seller, deal) {
  const { items } = await seller.get(`/requests?scope=mine&opportunity=${deal.id}`);
  assert.equal(items.length, 1, `'${deal.name}' has ${items.length} requests instead of one`);
  return items[0].candidates[0];
}

/** An industry that nobody works in who is free, though some people and stories come near. */
export async function findEmptyIndustry(seller) {
  const terms = await seller.get('/terms?facet=industry');
  for (const term of (terms.items ?? terms).filter((one) => one.tagged > 0)) {
    const found = await seller.post('/matches', { criteria: [{ facet: 'industry', terms: [term.id], must: true, weight: 10 }] });
    if (found.total === 0 && found.near.length > 0 && found.content.length > 0) return { term, found };
  }
  throw new Error('Every industry of the demo company has an advocate who is free');
}
