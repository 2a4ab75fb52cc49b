// Ten thousand rows, and none: a list stays a list that a person can read and walk through.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { builtProgram } from '../lib/program.js';
import { look } from '../lib/pictures.js';

const ROWS = 10_000;
/** Rows that are drawn at most, however many there are: what a screen holds, and some to scroll into. */
const DRAWN_MAX = 60;
const PAGES_SCROLLED = 12;

const goodword = useGoodword({ prepare });
const rowsOf = (page) => page.getByRole('rowheader');

/** Ten thousand companies come in as they do at night: by the command line, while the program serves. */
async function prepare({ program }) {
  const { dataFolder } = program();
  const file = join(dataFolder, 'many.csv');
  const line = (_, number) => `Halvard Works ${String(number + 1).padStart(5, '0')},${(number * 37) % 9_000 + 1}`;
  await writeFile(file, ['Account Name,Employees', ...Array.from({ length: ROWS }, line)].join('\n'));
  const running = spawn(builtProgram(), ['import', 'accounts', file, '--data', dataFolder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(running, 'close');
  assert.equal(code, 0, 'the import went through');
}

test('a list of ten thousand draws what a screen holds, goes on while one scrolls, and is chosen whole', async (t) => {
  const program = await goodword.callAs('program');
  const { total } = await program.get('/accounts?limit=1');
  assert.ok(total > ROWS);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/accounts?q=halvard');
  await page.getByText('of 10,000 shown').waitFor();
  await look(page, 'many-rows');
  assert.ok((await rowsOf(page).count()) < DRAWN_MAX);

  const region = page.getByRole('region', { name: 'Accounts, table' });
  for (let screen = 1; screen <= PAGES_SCROLLED; screen += 1) {
    const more = page.waitForResponse((answer) => answer.url().includes('/accounts?') && answer.url().includes('cursor='));
    await region.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await more;
  }
  await page.getByText(`${(PAGES_SCROLLED + 1) * 50} of 10,000 shown`).waitFor();
  assert.ok((await rowsOf(page).count()) < DRAWN_MAX, 'the rows above are not drawn any more');

  await page.getByRole('checkbox', { name: 'Choose all shown' }).check();
  const chosen = page.getByRole('region', { name: 'Chosen rows' });
  await chosen.getByRole('button', { name: 'Choose all 10,000' }).click();
  await chosen.getByText('10,000 chosen').waitFor();

  await page.goto('/accounts?sort=name&direction=descending');
  const last = (await program.get('/accounts?sort=name&direction=descending&limit=1')).items[0].name;
  await page.getByRole('rowheader', { name: last, exact: true }).first().waitFor();
});

test('a list that holds nothing for a question says so, and the way back', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  for (const path of ['/accounts', '/accounts/contacts', '/advocates', '/opportunities', '/content']) {
    await page.goto(`${path}?q=${'zzqx'.repeat(4)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('main').getByRole('button', { name: /^Show all|^Clear/ }).or(page.getByRole('main').getByRole('link', { name: /^Show all|^Clear/ })).first().waitFor();
    assert.equal(await rowsOf(page).count(), 0, `${path} shows rows`);
  }
  await look(page, 'no-rows');
});
