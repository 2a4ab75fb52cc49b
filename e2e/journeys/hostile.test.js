// Words that mean something to a machine, stored as names and texts: shown as they were written,
// nowhere carried out, and never wider than the window.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { expectFitsWidth } from '../lib/pictures.js';

const goodword = useGoodword();

const BUILT_IN = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  "Robert'); DROP TABLE accounts;--",
  '=HYPERLINK("https://elsewhere.example","Larkspur")',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '&lt;b&gt;Larkspur&lt;/b&gt; &amp; &#60;i&#62;',
  '../../../../etc/passwd%00',
  '<a href="javascript:alert(1)">Larkspur</a>',
];
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
const RIGHT_TO_LEFT = ['شركة الخليج للطاقة المتجددة والتقنيات الصناعية المحدودة', 'חברת החשמל והטכנולוגיה של הצפון בערבון מוגבל'];
/** How many strings one story holds. */
const TOGETHER = 12;
const PHONE = { viewport: { width: 390, height: 844 } };

/** What a name may hold: one line, as long as the product takes. */
const isName = (text) => text.trim() === text && text.length > 0 && text.length <= 120 && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);

/** Nominates somebody with a hostile name at a company with one, for a hostile reason. */
async function nominate(program, words, number) {
  return program.post('/advocates', {
    account_name: `${words} ${number}`,
    name: `${words} ${number}`,
    title: words,
    why: words,
    email: `hostile${number}@hostile.example`,
  });
}

/** The text of a page with each run of spaces as one, as a browser shows it. */
const flat = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** Fails when the words do not stand on the page as they were written, or something on it was carried out. */
async function expectShown(page, words) {
  const shown = page.getByText(words, { exact: false }).first();
  await shown.waitFor();
  assert.ok(flat(await page.locator('body').innerText()).includes(flat(words)), `${words} is not shown as it was written`);
}

/** A page that fails its test when a dialog of the browser opens, which only a script could do. */
async function openWatched(t, options) {
  const page = await goodword.openPageAs(t, 'program', options);
  const opened = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.message());
    return dialog.dismiss();
  });
  t.after(() => assert.deepEqual(opened, [], 'a stored name was carried out'));
  return page;
}

test('names that are code are shown as they were written on lists, records, in the search and the palette', async (t) => {
  const program = await goodword.callAs('program');
  const page = await openWatched(t);
  for (const [number, words] of BUILT_IN.entries()) {
    const name = `${words} ${number}`;
    const made = await nominate(program, words, number);
    const story = await program.post('/content', { title: name, kind: 'quote', body: words });
    await page.goto(`/advocates/${made.id}`);
    await expectShown(page, name);
    await page.goto(`/accounts/${made.account.id}`);
    await expectShown(page, name);
    await page.goto(`/content/${story.id}`);
    await expectShown(page, name);
    const { items } = await program.get(`/accounts?q=${encodeURIComponent(name)}`);
    assert.ok(items.some((one) => one.name === name), `${name} is not found under its own name`);
  }
  for (const path of ['/accounts?q=alert', '/accounts/contacts?q=alert', '/advocates?q=alert', '/content?q=alert']) {
    await page.goto(path);
    await expectShown(page, `${BUILT_IN[0]} 0`);
  }
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${BUILT_IN[1]} 1`);
  await page.getByRole('option').filter({ hasText: `${BUILT_IN[1]} 1` }).nth(1).waitFor();
  await expectShown(page, `${BUILT_IN[1]} 1`);
});

test('the naughty strings of the world are shown as they were written', async (t) => {
  const folder = process.env.GOODWORD_DATASETS;
  if (!folder) return t.skip('GOODWORD_DATASETS does not name the folder with messy/blns.json');
  const program = await goodword.callAs('program');
  const page = await openWatched(t);
  const strings = [...new Set(JSON.parse(await readFile(join(folder, 'messy', 'blns.json'), 'utf8')))].filter(isName);
  assert.ok(strings.length > 100, `only ${strings.length} strings can be names`);
  for (let at = 0; at < strings.length; at += TOGETHER) {
    const together = strings.slice(at, at + TOGETHER);
    const { id, title } = await program.post('/content', { title: `${together[0]} ${at}`, kind: 'quote', body: together.join('\n') });
    assert.equal(title, `${together[0]} ${at}`, 'kept as it was written');
    await page.goto(`/content/${id}`);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: title }).waitFor();
    const shown = flat(await page.getByRole('main').innerText());
    assert.deepEqual(together.filter((words) => !shown.includes(flat(words))), []);
  }
  t.diagnostic(`${strings.length} strings were shown`);
});

test('long unbroken names and names from right to left leave a phone as wide as it is', async (t) => {
  const program = await goodword.callAs('program');
  const page = await openWatched(t, PHONE);
  for (const [at, words] of [LONG, ...RIGHT_TO_LEFT].entries()) {
    const number = 900 + at;
    const made = await nominate(program, words, number);
    const story = await program.post('/content', { title: `${words} ${number}`, kind: 'quote', body: words });
    const asked = encodeURIComponent(words);
    const paths = [`/advocates/${made.id}`, `/accounts/${made.account.id}`, `/content/${story.id}`];
    const lists = [`/accounts?q=${asked}`, `/advocates?q=${asked}`, `/content?q=${asked}`, `/accounts/contacts?q=${asked}`];
    for (const path of [...paths, ...lists]) {
      await page.goto(path);
      await page.getByRole('main').getByText(words, { exact: false }).first().waitFor();
      await expectFitsWidth(page);
    }
  }
});
