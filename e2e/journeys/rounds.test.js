// Rounds of asks that the plan starts, from the one who sends them to whoever answers: owners nominate, owners
// confirm, and a calendar of events becomes needs.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

const CUT = 'facets=industry,product&broad=true&window_ends=90';

/** A new target whose two best customers are the demo owner's, each owner being asked about one a week. */
async function targetOfTheOwner(program, owner) {
  const { recruits } = await program.get(`/plan/gaps?${CUT}`);
  const { targets } = await program.get('/plan/targets');
  const taken = new Set(targets.map((one) => one.segment));
  for (const recruit of recruits.filter((one) => !taken.has(one.key))) {
    const { candidates } = await program.get(`/plan/gaps/candidates?${CUT}&segment=${encodeURIComponent(recruit.key)}`);
    const fresh = candidates.filter((one) => one.asked_before === null).slice(0, 2);
    if (fresh.length < 2) continue;
    for (const { account } of fresh) {
      const row = await program.get(`/accounts/${account.id}`);
      await program.change(`/accounts/${account.id}`, { owner_id: owner.session.user.id }, row.version);
    }
    const { plan_assumptions: assumed } = await program.get('/settings');
    await program.change('/plan/assumptions', { asks_per_week: 1 }, assumed.version);
    const target = await program.post('/plan/targets', { facets: ['industry', 'product'], segment: recruit.key, broad: true, wanted: 3, note: 'A story with numbers' });
    return { target, best: fresh[0].account };
  }
  throw new Error('no profile has two customers to ask about');
}

test('a round asks an owner within the weekly limit, the owner answers, and hears how it ended', async (t) => {
  const program = await goodword.callAs('program');
  const owner = await goodword.callAs('owner');
  const { target, best } = await targetOfTheOwner(program, owner);
  const name = target.labels.join(' × ');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/plan/targets?target=${target.id}`);
  const panel = page.getByRole('dialog', { name });
  const next = panel.getByRole('table', { name: 'The next round' });
  const own = next.getByRole('row').filter({ hasText: owner.session.user.name });
  await own.getByText(best.name).waitFor();
  await panel.getByText(/waits?: the(ir)? owners? w(as|ere) asked about enough this week/).waitFor();
  await look(page, 'owner-round');
  await panel.getByRole('button', { name: /^Ask about \d+ customers?$/ }).click();
  const sent = panel.getByRole('table', { name: 'Asked so far' });
  await sent.getByRole('row').filter({ hasText: best.name }).getByText('No answer yet').waitFor();

  const answering = await goodword.openPageAs(t, 'owner');
  await answering.goto('/inbox');
  await answering.getByRole('link', { name: new RegExp(`^Who could speak for `) }).first().click();
  const asked = answering.getByRole('dialog', { name });
  await asked.getByRole('table', { name: 'You were asked about' }).waitFor();
  await look(answering, 'owner-asked');
  await asked.getByRole('button', { name: `Nominate from ${best.name}` }).click();
  const sheet = answering.getByRole('dialog', { name: 'Nominate an advocate' });
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill('Nadia Answered');
  await sheet.getByRole('button', { name: 'Nominate', exact: true }).click();
  await asked.getByText('1 nominated').waitFor();

  await page.reload();
  await sent.getByRole('row').filter({ hasText: best.name }).getByText('1 nominated').waitFor();
  const nominee = (await program.get(`/plan/targets/${target.id}`)).nominees[0];
  const { version } = await program.get(`/advocates/${nominee.advocate_id}`);
  await program.act(`/advocates/${nominee.advocate_id}/moves`, { to: 'declined', reason: 'No time this year' }, version);
  await answering.goto('/inbox');
  await answering.getByText('Nadia Answered will not join the program').first().waitFor();
});

test('the plan asks owners to confirm profiles that it leaves out, once, and a confirmed one counts', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = () => program.get(`/plan/gaps?${CUT}`);
  const before = await gaps();
  assert.ok(before.unverified > 0, 'the demo company has stale profiles');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/gaps');
  await page.getByText(/advocates? w(as|ere) not verified lately/).first().click();
  await page.getByRole('button', { name: 'Ask owners to verify' }).click();
  await page.getByText('Owners asked').waitFor();
  await page.getByRole('button', { name: 'Ask owners to verify' }).click();
  await page.getByText('Nobody is asked again').waitFor();

  const answering = await goodword.openPageAs(t, 'owner');
  await answering.goto('/inbox');
  await answering.getByRole('link', { name: /of your advocates waits? to be verified/ }).first().click();
  const list = answering.getByRole('table');
  await list.getByRole('row').nth(1).waitFor();
  await look(answering, 'owner-verifies');
  await list.getByRole('row').nth(1).getByRole('link').first().click();
  await answering.getByRole('button', { name: 'All still true' }).click();
  await answering.getByText('Marked as verified today').first().waitFor();
  const after = await gaps();
  assert.equal(after.unverified, before.unverified - 1);
});

const event = (uid, day, title, more = []) =>
  ['BEGIN:VEVENT', `UID:${uid}`, `DTSTART;VALUE=DATE:${day}`, `SUMMARY:${title}`, ...more, 'END:VEVENT'].join('\r\n');
const calendar = (...events) => Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n'));
const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const compact = (day) => day.replaceAll('-', '');

test('a calendar of events becomes needs once, moves them, tells what is wrong with it, and comes back as a file', async (t) => {
  const page = await goodword.openPageAs(t, 'stakeholder', { refusals: [422] });
  await page.goto('/plan/needs');
  await page.getByRole('button', { name: 'Load a calendar' }).first().click();
  const panel = page.getByRole('dialog', { name: 'Load a calendar' });
  const load = async (name, buffer) => {
    await panel.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/calendar', buffer });
    await panel.getByRole('button', { name: 'Load', exact: true }).click();
  };
  await panel.getByRole('button', { name: 'Load', exact: true }).click();
  await panel.getByText('Choose a calendar file.').waitFor();
  const stakeholder = await goodword.callAs('stakeholder');
  const needs = async () => (await stakeholder.get('/plan/needs')).needs.filter((one) => one.title.startsWith('Trade fair'));
  const first = dayIn(60);
  await load('notes.ics', Buffer.from('Dear all, the fair is in May.'));
  await panel.getByText('This is not a calendar file').first().waitFor();
  await load('photo.ics', Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80, 0x00]));
  await panel.getByText('This is not a calendar file').first().waitFor();
  await load('half.ics', Buffer.from(`BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:fair\r\nDTSTART:${compact(first)}\r\nSUMMARY:Trade fair`));
  await panel.getByText('The file ends within an event').first().waitFor();
  await load('long.ics', Buffer.alloc(1_100_000, 'A calendar that never ends. '));
  await panel.getByText('The file is larger than 1 MB').first().waitFor();
  assert.deepEqual(await needs(), []);

  await load('mixed.ics', calendar(event('fair', compact(first), 'Trade fair'), event('weekly', compact(first), 'Trade fair meeting', ['RRULE:FREQ=WEEKLY']), event('never', '20991399', 'Trade fair of no day')));
  const told = panel.getByRole('table', { name: '2 events that no need was made of' });
  await told.getByRole('row').nth(2).waitFor();
  await panel.getByText('1 need noted').waitFor();
  await look(page, 'needs-import');
  assert.deepEqual((await needs()).map((one) => [one.title, one.need_on]), [['Trade fair', first]]);

  const later = dayIn(75);
  await load('moved.ics', calendar(event('fair', compact(later), 'Trade fair in spring')));
  await panel.waitFor({ state: 'detached' });
  await page.getByText('1 need moved or changed').waitFor();
  await page.getByRole('table', { name: 'Needs by day' }).getByRole('button', { name: 'Trade fair in spring' }).waitFor();
  assert.deepEqual((await needs()).map((one) => [one.title, one.need_on]), [['Trade fair in spring', later]]);

  await page.goto('/plan/needs?table=year');
  await page.getByRole('table', { name: 'The year by month' }).getByRole('row').nth(12).waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
  const year = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n');
  assert.equal(year.length, 13);
  assert.ok(year.some((line) => line.startsWith(`${later.slice(0, 7)},`) && !line.endsWith(',0,0')), year.join(' '));

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Calendar file' }).click()]);
  const file = await readFile(await download.path());
  assert.match(file.toString('utf8'), new RegExp(`DTSTART;VALUE=DATE:${compact(later)}`));
  const before = (await stakeholder.get('/plan/needs')).needs.length;
  await page.getByRole('button', { name: 'Load a calendar' }).first().click();
  await load('own.ics', file);
  await page.getByText(/events? (is|are) noted already/).first().waitFor();
  assert.equal((await stakeholder.get('/plan/needs')).needs.length, before);
});
