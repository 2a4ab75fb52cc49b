// A quota ask finds whom to ask by itself, and its page says how far it is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();
const MISSING = 5;

test('the program team asks for five of an industry, and those who are fresh are asked without a hand', async (t) => {
  const program = await goodword.callAs('program');
  const { items: terms } = await program.get('/terms?facet=industry&limit=500');
  const answers = await Promise.all(
    terms.map(({ id }) => program.post('/matches', { criteria: [{ facet: 'industry', terms: [id], must: true }], activity: 'quote' })),
  );
  const most = answers.reduce((best, one, place) => (one.total > answers[best].total ? place : best), 0);
  const page = await goodword.openPageAs(t, 'program');
  const need_by = new Date(Date.now() + 35 * 86_400_000).toISOString().slice(0, 10);
  const made = await program.post('/requests', {
    activity: 'quote',
    need_by,
    wanted: MISSING,
    is_quota: true,
    criteria: [{ facet: 'industry', terms: [terms[most].id], must: true }],
  });
  const asked = async () => (await program.get(`/requests/${made.id}`)).candidates.length;
  for (let turn = 0; turn < 60 && (await asked()) === 0; turn += 1) await pause(500);
  const found = await asked();
  assert.ok(found > 0 && found <= MISSING, `${found} were asked`);

  await page.goto(`/requests/${made.id}`);
  await page.getByText(`0 of ${MISSING} said yes; ${found} were asked.`).waitFor();
  await page.getByRole('img', { name: /still missing/ }).waitFor();
  await look(page, 'quota');
});
