// The promised times at the pace of a person: every letter, look and decision takes as long as it takes
// somebody who knows the product, and the clock runs all the while.

import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { findCandidate, findUnservedDeal } from '../lib/company.js';
import { expectAtMostInteractions } from '../lib/interactions.js';
import { optionOf, useGoodword } from '../lib/journeys.js';
import { goWithPalette } from '../lib/keyboard.js';

const goodword = useGoodword();

const LETTER_MS = 200;
const DECISION_MS = 1_350;
const LOOK_MS = 2_500;
const KEY_MS = 400;

/** What a person does with a page, each at its pace. */
function person(page) {
  const decide = () => pause(DECISION_MS);
  return {
    look: (cards = 1) => pause(cards * LOOK_MS),
    click: async (control) => {
      await decide();
      await control.click();
    },
    key: async (key) => {
      await pause(KEY_MS);
      await page.keyboard.press(key);
    },
    /** Into whatever has the focus. */
    type: (words) => page.keyboard.type(words, { delay: LETTER_MS }),
  };
}

/** How long something takes; fails when that is longer than promised. */
async function expectWithin(t, secondsMax, part) {
  const start = performance.now();
  await part();
  const seconds = (performance.now() - start) / 1_000;
  t.diagnostic(`took ${seconds.toFixed(1)} s of the ${secondsMax} s promised`);
  assert.ok(seconds < secondsMax, `took ${seconds.toFixed(1)} s, longer than the ${secondsMax} s promised`);
}

const HEARD = 'How long did the move take?';

/** An industry and a region as a seller would type them, that somebody fits. */
async function findSentence(seller) {
  const { facets } = await seller.post('/matches', {});
  const namesOf = (key) => facets.find(({ facet }) => facet === key).terms.map(({ name }) => name);
  for (const industry of namesOf('industry')) {
    for (const region of namesOf('region')) {
      const sentence = `${industry} in ${region}`;
      const { total, recognised } = await seller.post('/matches', { text: sentence });
      if (total > 0 && recognised.length > 1) return sentence;
    }
  }
  throw new Error('No industry and region of the demo company fit anybody together');
}

test('a seller finds and asks, from a sentence typed on Find, within thirty seconds and six interactions', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const sentence = await findSentence(seller);
  const page = await goodword.openPageAs(t, 'seller');
  const hand = person(page);
  await page.goto('/find');
  const results = page.getByRole('list', { name: 'Results' }).getByRole('article');
  await results.first().waitFor();
  await expectWithin(t, 30, () =>
    expectAtMostInteractions(page, 6, async () => {
      await hand.click(page.getByRole('searchbox', { name: 'Who would convince this buyer?' }));
      const answered = page.waitForResponse((one) => one.url().includes('/matches') && (one.request().postData() ?? '').includes(sentence));
      await hand.type(sentence);
      await answered;
      await hand.look(2);
      await hand.click(page.getByRole('button', { name: /^Request / }).first());
      const sheet = page.getByRole('dialog', { name: 'Request a reference' });
      await hand.click(sheet.getByRole('combobox', { name: 'Opportunity' }).or(sheet.getByRole('textbox', { name: 'Opportunity' })));
      await hand.click(optionOf(page, deal.id));
      await hand.click(sheet.getByRole('button', { name: 'Send request' }));
      await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
    }),
  );
  assert.ok((await findCandidate(seller, deal)).advocate.id);
});

test('a seller asks from an open deal within thirty seconds', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  const hand = person(page);
  await page.goto('/');
  await page.getByRole('heading', { name: 'My open deals' }).waitFor();
  await expectWithin(t, 30, () =>
    expectAtMostInteractions(page, 6, async () => {
      await hand.click(page.getByRole('link', { name: deal.name }).first());
      const ask = page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true });
      await ask.waitFor();
      await hand.look(3);
      await hand.click(ask);
      const sheet = page.getByRole('dialog', { name: 'Request a reference' });
      await sheet.getByLabel('What should the buyer hear?').waitFor();
      await hand.type(HEARD);
      await hand.key('Control+Enter');
      await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
    }),
  );
  const candidate = await findCandidate(seller, deal);
  assert.equal(candidate.advocate.id, matches[0].advocate);
});

test('a seller asks for a deal that the palette opens, from home, within thirty seconds and six interactions', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  const hand = person(page);
  await page.goto('/');
  await page.getByRole('heading', { name: 'My open deals' }).waitFor();
  await expectWithin(t, 30, () =>
    expectAtMostInteractions(page, 6, async () => {
      await pause(DECISION_MS);
      await hand.key('Control+k');
      const first = page.getByRole('listbox').getByRole('option').first();
      await hand.type(deal.name.slice(0, 14));
      await first.filter({ hasText: deal.name }).waitFor();
      await hand.key('Enter');
      const ask = page.getByRole('button', { name: `Request ${matches[0].display_name}`, exact: true });
      await ask.first().waitFor();
      await hand.look(3);
      await hand.click(ask.first());
      const sheet = page.getByRole('dialog', { name: 'Request a reference' });
      await sheet.getByLabel('What should the buyer hear?').waitFor();
      await hand.type(HEARD);
      await hand.key('Control+Enter');
      await sheet.getByRole('heading', { name: 'Request sent' }).waitFor();
    }),
  );
  assert.equal((await findCandidate(seller, deal)).advocate.id, matches[0].advocate);
});

test('a colleague is nominated within thirty seconds', async (t) => {
  const [seller, program] = await Promise.all(['seller', 'program'].map(goodword.callAs));
  const [{ name: company }] = (await seller.get('/accounts')).items;
  const page = await goodword.openPageAs(t, 'seller');
  const hand = person(page);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectWithin(t, 30, async () => {
    await pause(DECISION_MS);
    await goWithPalette(page, 'Nominate', { delay: LETTER_MS });
    const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
    await sheet.getByLabel('Company').waitFor();
    await hand.type(company.slice(0, 5));
    await hand.click(page.getByRole('option', { name: company, exact: true }));
    await hand.key('Tab');
    await hand.type('Nora Swift');
    for (const key of ['Tab', 'Tab', 'Tab']) await hand.key(key);
    await hand.type('Praised the move unasked');
    await hand.key('Control+Enter');
    await page.getByText('Nora Swift is with the program team').waitFor();
  });
  const { items } = await program.get('/advocates?status=nominated&q=Nora%20Swift');
  assert.deepEqual(items.map(({ account }) => account.name), [company]);
});

test('a use is logged from its deal within ten seconds', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  const hand = person(page);
  await page.goto(`/opportunities/${deal.id}`);
  await page.getByText('None yet. Log one here').waitFor();
  await expectWithin(t, 10, async () => {
    await hand.click(page.getByRole('button', { name: 'Log a use', exact: true }));
    const sheet = page.getByRole('dialog', { name: 'Log a use outside the system' });
    await sheet.waitFor();
    await hand.click(sheet.locator('input[aria-haspopup="listbox"]').first());
    await hand.click(page.getByRole('option').first());
    await hand.click(sheet.getByRole('button', { name: 'Log use' }));
    await page.getByText('Use logged').waitFor();
  });
  assert.equal((await seller.get(`/opportunities/${deal.id}`)).has_reference, true);
});
