// The screens behind the sign-in as one role, in both themes: what the role sees of it, also when that is only that it
// may not, shuts nobody out and stands under one heading.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { axeViolations, paleViolations, settle } from './accessibility.js';
import { findUnservedDeal } from './company.js';
import { useGoodword } from './journeys.js';

const QUIET_MS = 60;

/** Addresses of the screens behind the sign-in; those of records are added once the demo company is there. */
const screens = [
  ...['/', '/?new=request', '/?new=use', '/?new=nomination', '/inbox', '/find?q=migration', '/find?q=migration&view=table'],
  ...['/match', '/opportunities', '/advocates', '/recruiting', '/accounts', '/accounts/contacts', '/content', '/requests'],
  ...['/approvals', '/metric', '/load', '/unmet-searches', '/steward', '/duplicates', '/trash', '/bulk-changes', '/imports'],
  ...['/plan/gaps', '/plan/demand', '/plan/goals', '/plan/targets', '/plan/what-if', '/plan/needs', '/plan/sponsor'],
  ...['/plan/calculator', '/taxonomy?facet=industry', '/taxonomy/unmapped', '/settings', '/settings/rules'],
  ...['/settings/weights', '/settings/users', '/settings/tokens', '/settings/sight?about=opportunity', '/settings/audit'],
  '/settings/health',
];

async function prepare({ callAs }) {
  const [seller, program] = await Promise.all(['seller', 'program'].map(callAs));
  const { deal, matches } = await findUnservedDeal(seller);
  const { contact_id: contact, account } = await program.get(`/advocates/${matches[0].advocate}`);
  const first = async (list) => (await program.get(`/${list}?limit=1`)).items[0].id;
  screens.push(
    `/opportunities/${deal.id}`,
    `/opportunities/${deal.id}?peek=${matches[0].advocate}`,
    `/advocates/${matches[0].advocate}`,
    `/accounts/${account.id}`,
    `/accounts/contacts/${contact}`,
    `/content/${await first('content')}`,
    `/requests/${await first('requests')}`,
  );
}

/** Opens a screen and waits until it has come to rest. */
async function open(page, path) {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // Loading can follow on loading: the page has come to rest when nothing loads twice in a row.
  for (let quiet = 0; quiet < 2; ) {
    const isLoading = (await page.getByText('Loading', { exact: true }).count()) > 0;
    quiet = isLoading ? 0 : quiet + 1;
    await pause(QUIET_MS);
  }
  await settle(page);
}

/** What stands on the page: two screens with the same are looked at once. */
const drawn = (page) => page.locator('body').innerHTML();

/** The test that no screen shuts out somebody of this role. */
export function nobodyIsShutOut(role) {
  const goodword = useGoodword({ prepare });
  test(`no screen shuts ${role} out, in either theme`, async (t) => {
    const page = await goodword.openPageAs(t, role, { refusals: [403, 404] });
    const found = [];
    const seen = new Set();
    for (const path of screens) {
      await open(page, path);
      const shown = await drawn(page);
      if (seen.has(shown)) continue;
      seen.add(shown);
      const told = (theme) => ({ rule, place }) => found.push(`${path} ${theme}: ${rule} at ${place}`);
      await page.emulateMedia({ colorScheme: 'light' });
      (await axeViolations(page)).forEach(told('light'));
      await page.emulateMedia({ colorScheme: 'dark' });
      (await paleViolations(page)).forEach(told('dark'));
    }
    assert.ok(seen.size >= 10, `only ${seen.size} screens differ`);
    assert.deepEqual(found, [], `${role} on ${seen.size} screens`);
  });
}
