// Each main screen on a desk and on a phone, light and dark: nothing shuts people out, nothing needs
// scrolling sideways, and pictures are left in e2e/pictures to look at.

import { test } from 'node:test';

import { findCandidate, findUnservedDeal, giveAccount } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look, takeReadmePicture } from '../lib/pictures.js';

const goodword = useGoodword({ prepare });
/** What the screens are opened with: a request that waits for its owner, and one that waits for its advocate. */
const seen = {};

async function prepare({ callAs }) {
  const [seller, owner, program] = await Promise.all(['seller', 'owner', 'program'].map(callAs));
  const waiting = await ask(seller, owner, program);
  const approved = await ask(seller, owner, program);
  const candidate = await findCandidate(seller, approved.deal);
  await owner.act(`/candidates/${candidate.id}/approve`, {}, candidate.version);
  const { id, version } = await findCandidate(seller, approved.deal);
  const { url } = await program.act(`/candidates/${id}/link`, undefined, version);
  const { deal, matches } = await findUnservedDeal(seller);
  const { contact_id: contact, account } = await program.get(`/advocates/${matches[0].advocate}`);
  Object.assign(seen, { contact, account: account.id, waiting, deal, advocate: matches[0].advocate, request: candidate.request_id, answer: new URL(url).pathname });
}

async function ask(seller, owner, program) {
  const { deal, matches } = await findUnservedDeal(seller);
  const free = matches.find(({ availability }) => availability.state === 'free');
  await giveAccount(program, free.account, owner);
  const { need_by: needBy } = await seller.get(`/opportunities/${deal.id}/matches?activity=reference_call`);
  await seller.post('/requests', {
    opportunity_id: deal.id,
    activity: 'reference_call',
    need_by: needBy,
    wanted: 1,
    advocates: [free.advocate],
    note: 'They ask how long the first month took and who was needed for it.',
  });
  return { deal };
}

const SCREENS = [
  { name: 'sign-in', path: () => '/sign-in', sign: (page) => page.getByRole('button', { name: 'Sign in', exact: true }) },
  { name: 'home', role: 'seller', path: () => '/', sign: (page) => page.getByRole('link', { name: seen.deal.name }).first() },
  { name: 'opportunity', role: 'seller', path: () => `/opportunities/${seen.deal.id}`, sign: resultsOf },
  { name: 'find', role: 'seller', path: () => '/find?q=migration', sign: resultsOf },
  { name: 'my-requests', role: 'seller', path: () => '/requests', sign: (page) => page.getByRole('article').filter({ hasText: seen.waiting.deal.name }) },
  { name: 'request', role: 'program', path: () => `/requests/${seen.request}`, sign: (page) => page.getByRole('button', { name: 'Copy answer link' }) },
  { name: 'approvals', role: 'owner', path: () => '/approvals', sign: (page) => page.getByRole('article').filter({ hasText: seen.waiting.deal.name }) },
  { name: 'answer', path: () => seen.answer, sign: (page) => page.getByRole('button', { name: 'Accept', exact: true }) },
  { name: 'advocate', role: 'seller', path: () => `/advocates/${seen.advocate}`, sign: (page) => page.getByRole('heading', { name: 'Contact details' }) },
  { name: 'content', role: 'seller', path: () => '/content', sign: (page) => page.getByRole('article').first() },
  { name: 'load', role: 'program', path: () => '/load', sign: (page) => page.getByRole('heading', { level: 1 }) },
  { name: 'unmet-demand', role: 'program', path: () => '/unmet-searches', sign: (page) => page.getByRole('heading', { level: 1 }) },
  { name: 'metric', role: 'program', path: () => '/metric', sign: (page) => page.getByRole('table').getByRole('row').nth(1) },
  { name: 'accounts', role: 'program', path: () => '/accounts', sign: firstRow },
  { name: 'account', role: 'program', path: () => `/accounts/${seen.account}`, sign: (page) => page.getByRole('button', { name: 'Change Domain' }) },
  { name: 'contact', role: 'program', path: () => `/accounts/contacts/${seen.contact}`, sign: (page) => page.getByRole('button', { name: 'Change Title' }) },
  { name: 'contacts', role: 'program', path: () => '/accounts/contacts', sign: firstRow },
  { name: 'advocates', role: 'program', path: () => '/advocates', sign: firstRow },
  { name: 'opportunities', role: 'program', path: () => '/opportunities', sign: firstRow },
  { name: 'taxonomy', role: 'program', path: () => '/taxonomy?facet=industry', sign: firstRow },
  { name: 'tagging-queue', role: 'program', path: () => '/taxonomy/unmapped', sign: (page) => page.getByRole('list', { name: 'Tagging queue' }).getByRole('listitem').first() },
  { name: 'rules', role: 'program', path: () => '/settings/rules', sign: (page) => page.getByRole('textbox', { name: 'Currency' }) },
  { name: 'people', role: 'admin', path: () => '/settings/users', sign: firstRow },
  { name: 'sight', role: 'admin', path: () => '/settings/sight?about=opportunity', sign: firstRow },
  { name: 'new-token', role: 'program', path: () => '/settings/tokens?token=new', sign: (page) => page.getByRole('checkbox', { name: 'Find references' }) },
  { name: 'audit', role: 'privacy', path: () => '/settings/audit', sign: firstRow },
  { name: 'health', role: 'admin', path: () => '/settings/health', sign: (page) => page.getByText('SQLite, one folder') },
];

function firstRow(page) {
  return page.getByRole('table').getByRole('row').nth(1);
}

function resultsOf(page) {
  return page.getByRole('list', { name: 'Results' }).getByRole('article').first();
}

for (const { name, role, path, sign } of SCREENS) {
  test(`${name} shuts nobody out and fits every width in both themes`, async (t) => {
    // Without a session the first look at who is signed in is answered 401.
    const page = role ? await goodword.openPageAs(t, role) : await goodword.openPage(t, { refusals: [401] });
    await page.goto(path());
    await sign(page).waitFor();
    await look(page, name);
    if (name === 'opportunity') await takeReadmePicture(page, name);
  });
}
