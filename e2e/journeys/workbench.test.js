// The program team weighs a need by hand, reads why somebody is missing, and compares.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

/** An open deal for which at least two accounts fit and somebody is left out. */
async function findWeighedDeal(program) {
  const { items } = await program.get('/opportunities?status=open&sort=close_on&limit=50');
  for (const deal of items) {
    const bench = await program.post('/matches/workbench', { ask: { opportunity_id: deal.id } });
    if (bench.answer.rows.length >= 2 && bench.weights.length >= 2 && bench.excluded.length > 0) return { deal, bench };
  }
  throw new Error('No open deal of the demo company can be weighed');
}

test('a slider re-ranks a deal at once, the address keeps it, and what is left out says why', async (t) => {
  const program = await goodword.callAs('program');
  const { deal, bench } = await findWeighedDeal(program);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/opportunities/${deal.id}`);
  await page.getByRole('link', { name: 'Open workbench' }).click();
  await page.getByRole('heading', { name: 'Match workbench' }).waitFor();
  await page.getByRole('list', { name: 'How the match adds up' }).first().waitFor();

  const { key, name } = bench.weights[0];
  const answered = page.waitForResponse((one) => one.url().endsWith('/matches/workbench') && one.request().postDataJSON().weights?.[key] === 100);
  const slider = page.getByRole('slider', { name: new RegExp(`^${name}`) });
  await slider.focus();
  await page.keyboard.press('End');
  const ranked = await (await answered).json();
  assert.equal(ranked.weights.find((one) => one.key === key).weight, 100);
  assert.notDeepEqual(ranked.answer.rows.map((row) => row.relevance), bench.answer.rows.map((row) => row.relevance));
  await page.waitForURL((url) => url.searchParams.toString().includes('100'));
  await page.reload();
  assert.equal(await page.getByRole('slider', { name: new RegExp(`^${name}`) }).inputValue(), '100');

  const missing = page.getByRole('table', { name: 'Not in the ranking' });
  await missing.getByText(ranked.excluded[0].excluded_by[0]).first().waitFor();
  const { match_weights: setting } = await program.get('/settings');
  assert.equal(setting.value.facets[key] ?? setting.value.others, bench.weights[0].standard);
  await look(page, 'workbench');
  await page.getByRole('button', { name: "Use the program's weights" }).click();

  for (const row of bench.answer.rows.slice(0, 2)) await page.getByRole('button', { name: `Shortlist ${row.display_name}` }).first().click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('dialog', { name: 'Compare side by side' }).getByRole('table').waitFor();
});

test('a request is served from the workbench', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/requests?scope=all&open=true&limit=50');
  let request;
  for (const one of items) {
    const { can_propose: may } = await program.get(`/requests/${one.id}`);
    const bench = may ? await program.post('/matches/workbench', { request_id: one.id }) : undefined;
    if (bench?.answer.rows.length > 0) request = one;
    if (request) break;
  }
  assert.ok(request, 'No open request of the demo company has somebody to propose');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/requests/${request.id}`);
  await page.getByRole('link', { name: 'Open workbench' }).click();
  await page.getByRole('heading', { name: 'Match workbench' }).waitFor();
  const before = (await program.get(`/requests/${request.id}`)).candidates.length;
  const proposed = page.waitForResponse((one) => one.url().includes('/candidates') && one.request().method() === 'POST');
  await page.getByRole('button', { name: /^Propose / }).first().click();
  const answer = await proposed;
  assert.equal(answer.status(), 200, await answer.text());
  assert.equal((await program.get(`/requests/${request.id}`)).candidates.length, before + 1);
});

test('nobody but the program team is offered the workbench', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/find');
  await page.getByRole('heading', { name: 'Find a reference' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Open workbench' }).count(), 0);
  const seller = await goodword.callAs('seller');
  await assert.rejects(seller.post('/matches/workbench', {}), /403/);
});

test('weights are learned from past requests, tried on the open deals, and hold only once they are saved', async (t) => {
  const program = await goodword.callAs('program');
  const { match_weights: before } = await program.get('/settings');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/settings/weights');
  await page.getByRole('button', { name: 'Learn from past requests' }).click();
  await page.getByRole('table', { name: 'What would count how much' }).waitFor();
  await page.getByText(/later requests/).first().waitFor();
  const { lesson } = await program.post('/settings/match-weights/learn', undefined);
  const facet = lesson.facets.find((one) => one.now !== one.learned);
  await page.getByRole('button', { name: 'Try these weights' }).click();
  const slider = page.getByRole('slider', { name: new RegExp(`^${facet.name}`) });
  assert.equal(await slider.inputValue(), String(facet.learned));
  await page.getByText(/open deals would be offered others/).waitFor();
  await look(page, 'weights-learned');
  assert.equal((await program.get('/settings')).match_weights.version, before.version);
});
