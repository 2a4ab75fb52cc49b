// The page speaks the reader's language: chosen by the browser, changed by the reader, kept for the next visit.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findCandidate, findUnservedDeal } from '../lib/company.js';
import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

const GERMAN = { locale: 'de-DE' };
/** A word of the catalogue that no screen was given shows as its key. */
const KEY = /\b[a-z_]+(\.[a-z_]+){2,}\b/;

test('a German seller signs in, finds a reference and asks for it in German', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal, matches } = await findUnservedDeal(seller);
  const { email, password } = goodword.program().signIns.get('seller');
  const page = await goodword.openPage(t, { ...GERMAN, refusals: [401] });
  await page.goto('/sign-in');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await page.getByLabel('E-Mail').fill(email);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();

  await page.getByRole('heading', { name: 'Meine offenen Deals' }).waitFor();
  await page.getByRole('link', { name: deal.name }).first().click();
  await page.getByRole('button', { name: `${matches[0].display_name} anfragen`, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Referenz anfragen' });
  await sheet.getByLabel('Was soll der Käufer hören?').fill('Wie lange hat der Umzug gedauert?');
  await sheet.getByRole('button', { name: 'Anfrage senden' }).click();
  await sheet.getByRole('heading', { name: 'Anfrage gesendet' }).waitFor();
  assert.equal((await findCandidate(seller, deal)).advocate.id, matches[0].advocate);
});

test('the language is changed where the looks are, and kept for the next visit', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/settings');
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click();
  await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
  await page.goto('/requests');
  await page.getByRole('heading', { level: 1, name: 'Meine Anfragen' }).waitFor();
  await page.goto('/settings');
  await page.getByRole('radiogroup', { name: 'Sprache' }).getByText('English').click();
  await page.getByRole('heading', { name: 'Looks' }).waitFor();
});

test('who has no login reads the page before signing in in either language', async (t) => {
  const page = await goodword.openPage(t, { refusals: [401] });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
});

test('a German page is asked for one language of words only', async (t) => {
  const page = await goodword.openPageAs(t, 'seller', GERMAN);
  const words = [];
  page.on('request', (request) => {
    const [, language] = /\/assets\/(en|de)-[^/]+\.js$/.exec(request.url()) ?? [];
    if (language) words.push(language);
  });
  await page.goto('/');
  await page.getByRole('heading', { name: 'Meine offenen Deals' }).waitFor();
  assert.deepEqual([...new Set(words)], ['de']);
});

const SCREENS = [
  { name: 'home', role: 'seller', path: '/', said: 'Guten Tag' },
  { name: 'find', role: 'seller', path: '/find?q=migration', said: 'Referenz finden' },
  { name: 'requests', role: 'seller', path: '/requests', said: 'Meine Anfragen' },
  { name: 'approvals', role: 'owner', path: '/approvals', said: 'Freigaben' },
  { name: 'advocates', role: 'program', path: '/advocates', said: 'Referenzgeber' },
  { name: 'metric', role: 'program', path: '/metric', said: 'Deals mit Referenzen' },
  { name: 'gaps', role: 'program', path: '/plan/gaps', said: 'Lücken' },
  { name: 'imports', role: 'program', path: '/imports', said: 'Importe' },
  { name: 'rules', role: 'program', path: '/settings/rules', said: 'Programmregeln' },
  { name: 'audit', role: 'privacy', path: '/settings/audit', said: 'Protokoll' },
];

for (const { name, role, path, said } of SCREENS) {
  test(`${name} in German shuts nobody out, fits every width and has all its words`, async (t) => {
    const page = await goodword.openPageAs(t, role, GERMAN);
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: said }).waitFor();
    await look(page, `german-${name}`);
    assert.doesNotMatch(await page.locator('main').innerText(), KEY);
  });
}
