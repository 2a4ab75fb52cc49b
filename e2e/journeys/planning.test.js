// From the gap that costs the most to the deals behind it, and the same numbers as a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, look } from '../lib/pictures.js';

const goodword = useGoodword();

test('the dearest gap opens what stands behind it, and its cut survives the address', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = await program.get('/plan/gaps?facets=industry,product&window_ends=30,60,90&broad=true');
  const worst = gaps.segments.find((one) => !one.is_unknown);
  const page = await goodword.openPageAs(t, 'program', { refusals: [422] });
  await page.goto('/');
  await page.getByRole('link', { name: 'Planning' }).click();
  const title = `${worst.labels.join(' × ')} puts the most at risk`;
  const map = page.getByRole('region', { name: title }).first();
  await map.getByRole('button', { name: new RegExp(`^${worst.labels[0]}, ${worst.labels[1]}:`) }).click();
  const panel = page.getByRole('dialog', { name: worst.labels.join(' × ') });
  await panel.getByRole('table', { name: 'Deals behind it' }).getByRole('row').nth(1).waitFor();
  const cut = 'facets=industry,product&window_ends=90&broad=true';
  const found = await program.get(`/plan/gaps/candidates?${cut}&segment=${encodeURIComponent(worst.key)}`);
  const first = found.candidates.find((one) => one.asked_before === null);
  if (first) await panel.getByRole('button', { name: `Nominate from ${first.account.name}` }).waitFor();
  else await panel.getByText('No customer fits').waitFor();
  // The number of advocates leads to them.
  const windows = 'facets=industry,product&window_ends=30,60,90&broad=true';
  const behind = await program.get(`/plan/gaps/detail?${windows}&segment=${encodeURIComponent(worst.key)}`);
  const speaker = behind.accounts[0].people[0];
  const named = panel.getByRole('link', { name: speaker.display_name }).first();
  assert.ok((await named.getAttribute('href')).includes(speaker.advocate_id));
  // What the panel covers is looked at from its top: a bar that stays in place hides half a button else.
  await page.evaluate(() => window.scrollTo(0, 0));
  await look(page, 'gap-detail');
  await page.reload();
  await panel.waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  // The sums lead to what stands behind all of them.
  await page.getByRole('button', { name: /^\$.* at risk$/ }).click();
  const whole = page.getByRole('dialog', { name: 'All segments' });
  await whole.getByRole('table', { name: 'Who fits' }).getByRole('link').first().waitFor();
  await page.keyboard.press('Escape');
  await whole.waitFor({ state: 'detached' });
  const weighed = await program.get('/plan/head-count?facets=industry,product&broad=true&goal=%2B50%20%25');
  const { new_references: asked } = weighed.goal;
  const used = Math.min(asked, weighed.asked_at_most);
  const goal = page.getByRole('textbox', { name: 'Head-count goal' });
  await goal.fill('+50 %');
  await page.getByText(`Of ${asked.toLocaleString('en-US')} new references, demand would ask at most ${used.toLocaleString('en-US')} (`).waitFor();
  await goal.fill('lots');
  await page.getByText('Write a head count such as +100').waitFor();
  await goal.fill('');
  await look(page, 'gaps');
});

test('the map of the gaps stands in sight, with what the numbers leave out in one line over it', async (t) => {
  // The demo company has rates for all its currencies; one that has none yet counts some deals without money.
  const program = await goodword.callAs('program');
  const { plan_assumptions: assumed } = await program.get('/settings');
  await program.change('/plan/assumptions', { exchange_rates: {} }, assumed.version);
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/gaps');
  const map = page.getByText('Money at risk', { exact: true }).first();
  await map.waitFor();
  const { y } = await map.boundingBox();
  assert.ok(y < 700, `the map begins at ${y} px`);
  const rates = page.getByRole('link', { name: 'Set the exchange rates' });
  assert.equal(await rates.isVisible(), false);
  await page.getByText('deals in EUR are counted without').click();
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await rates.click();
  await page.getByRole('dialog', { name: 'Assumptions' }).getByLabel('Exchange rates').waitFor();
});

test('gaps are a table and a file with the same numbers, and a picture', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = await program.get('/plan/gaps?facets=industry,product&window_ends=30,60,90&broad=true');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/gaps?table=map');
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).first().click()]);
    return readFile(await download.path());
  };
  const lines = (await saved('Download CSV')).toString('utf8').trim().split('\r\n');
  assert.equal(lines.length, gaps.segments.length + 1);
  assert.ok(lines.some((line) => line.includes(gaps.segments[0].money_at_risk)), lines[1]);
  const picture = await saved('Download PNG');
  assert.equal(picture.subarray(1, 4).toString('latin1'), 'PNG');
  // A blank picture would be much smaller than one with words on it.
  assert.ok(picture.length > 10_000, `${picture.length} bytes`);
  const worth = page.getByRole('region', { name: /of covered pipeline$/ });
  const [file] = await Promise.all([page.waitForEvent('download'), worth.getByRole('button', { name: 'Download CSV' }).click()]);
  const recruits = (await readFile(await file.path())).toString('utf8').trim().split('\r\n');
  assert.equal(recruits.length, gaps.recruits.length + 1);
  assert.ok(recruits[1].includes(gaps.recruits[0].worth), recruits[1]);
  await worth.getByText('As table').click();
  await worth.getByRole('table').waitFor();
});

test('the calculator answers while somebody types, says what makes no sense, and keeps who and why', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { refusals: [422] });
  await page.goto('/plan/calculator');
  await page.getByText('5,833', { exact: true }).first().waitFor();
  const rhythm = page.getByRole('table', { name: 'What that adds up to' });
  await rhythm.getByText('8.33', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Sellers' }).fill('1000');
  await page.getByText('11,667', { exact: true }).first().waitFor();
  await page.getByRole('textbox', { name: 'Average deal size' }).fill('0');
  await page.locator('.mantine-InputWrapper-error').first().waitFor();
  assert.ok(await page.getByRole('button', { name: 'Save version' }).isDisabled());
  await page.getByRole('textbox', { name: 'Average deal size' }).fill('180000');
  await page.getByRole('textbox', { name: 'What changed and why' }).fill('Twice the team');
  await page.getByRole('button', { name: 'Save version' }).click();
  const versions = page.getByRole('table', { name: 'Saved versions' });
  await versions.getByRole('button', { name: 'Twice the team' }).waitFor();
  await versions.getByText('Priya Raman').first().waitFor();
  // The saved version is opened anew.
  await page.waitForURL(/version=/);
  await page.getByRole('switch', { name: 'Seasons differ' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: 'Weight of Dec' }).fill('5');
  await page.getByRole('heading', { name: /^Dec is the busiest month/ }).waitFor();
  await look(page, 'calculator');
  const program = await goodword.callAs('program');
  const { items } = await program.get('/plan/versions');
  assert.deepEqual([items[0].why, items[0].plan.segments[0].sellers], ['Twice the team', 1000]);
});

test('demand opens the deals behind a segment, and its assumptions change what is expected', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/demand');
  const program = await goodword.callAs('program');
  const ask = '/plan/demand?facets=industry,product&window_ends=90&broad=true';
  const before = await program.get(ask);
  const most = before.segments.filter((one) => !one.is_unknown).sort((one, other) => other.within[0].expected - one.within[0].expected)[0];
  await page.getByRole('button', { name: most.labels.join(' × '), exact: true }).click();
  const panel = page.getByRole('dialog', { name: most.labels.join(' × ') });
  await panel.getByRole('row').nth(1).waitFor();
  assert.equal(await panel.getByRole('row').count(), most.deals + 1);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  const { quarters } = await program.get('/plan/accuracy?facets=industry,product&broad=true');
  const held = quarters.filter((one) => one.whole.holds).length;
  const earlier = page.getByRole('region', { name: `Earlier forecasts: in ${held} of ${quarters.length} quarters` });
  await earlier.getByText(String(quarters[0].whole.asked), { exact: true }).first().waitFor();
  await look(page, 'demand');
  const frequent = page.getByRole('table', { name: 'Combinations that many deals share' });
  const shared = (await program.get('/plan/demand?facets=industry,product&window_ends=7,14&broad=true')).frequent[0];
  await frequent.getByRole('link', { name: shared.labels.join(' × '), exact: true }).click();
  const named = shared.labels.filter((label) => label !== 'any').join(' × ');
  await page.getByRole('dialog', { name: named }).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: named }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Assumptions' }).click();
  const form = page.getByRole('dialog', { name: 'Assumptions' });
  await form.getByRole('textbox', { name: 'Exchange rates' }).fill('EUR 1.08, GBP 1.27');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Assumptions saved').waitFor();
  const after = await program.get(ask);
  assert.deepEqual(after.without_rate, []);
  assert.equal(after.deals, before.deals);
});

test('a gap becomes a recruiting target, and a nomination for it stands on the board', async (t) => {
  const program = await goodword.callAs('program');
  const gaps = await program.get('/plan/gaps?facets=industry,product&window_ends=30,60,90&broad=true');
  const worth = gaps.recruits[0];
  const name = worth.labels.join(' × ');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto(`/plan/gaps?segment=${encodeURIComponent(worth.key)}`);
  const panel = page.getByRole('dialog', { name });
  await panel.getByRole('button', { name: 'Create recruiting target' }).click();
  await panel.getByRole('textbox', { name: 'Advocates to recruit' }).fill('3');
  await panel.getByRole('textbox', { name: 'What to tell who is asked to nominate' }).fill('A story with numbers');
  await panel.getByRole('button', { name: 'Create recruiting target' }).click();
  await panel.getByText('A target is open here: 0 of 3 advocates').waitFor();
  await panel.getByRole('link', { name: 'Show the target' }).click();
  const target = page.getByRole('dialog', { name });
  await target.getByText(/more nominations? (is|are) needed/).waitFor();
  const { targets } = await program.get('/plan/targets');
  assert.deepEqual([targets[0].wanted, targets[0].note, targets[0].start_by], [3, 'A story with numbers', worth.start_by]);
  await look(page, 'target');
  await target.getByRole('button', { name: /^Nominate from / }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Nominate an advocate' });
  await sheet.getByText(`Counts for the recruiting target ${name}.`).waitFor();
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Nia New');
  await sheet.getByRole('button', { name: 'Nominate', exact: true }).click();
  await target.getByRole('link', { name: 'Nia New' }).waitFor();
  await target.getByRole('link', { name: 'Open the recruiting board' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Nia New' }).getByText(`For the target ${name}`).waitFor();
  await page.goto('/plan/targets');
  await page.getByRole('button', { name, exact: true }).waitFor();
  await look(page, 'targets');
});

test('a scenario stands beside today, and its address opens it for somebody else', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/plan/what-if');
  await page.getByRole('heading', { name: 'Nothing changes for the money at risk' }).waitFor();
  await page.getByRole('textbox', { name: 'Uses per account in the window' }).fill('0');
  await page.getByRole('heading', { name: /more would be at risk$/ }).waitFor();
  const program = await goodword.callAs('program');
  const advocate = (await program.get('/advocates?status=active&limit=1')).items[0];
  await page.getByRole('combobox', { name: 'Lose these advocates' }).fill(advocate.display_name);
  await page.getByRole('option', { name: advocate.display_name }).first().click();
  await page.keyboard.press('Escape');
  const event = (await program.get('/plan/needs')).needs.find((one) => one.title === 'Customer day: opening talk');
  await page.getByRole('combobox', { name: 'Move an event' }).fill(event.title);
  await page.getByRole('option', { name: event.title }).click();
  await page.getByLabel(event.title, { exact: true }).fill('2099-12-31');
  await page.getByRole('row', { name: /^Stakeholder needs served \d+ of (\d+) \d+ of (?!\1$)/ }).waitFor();
  await page.getByRole('textbox', { name: 'Name of the scenario' }).fill('Nobody may be used');
  await page.getByRole('button', { name: 'Save scenario' }).click();
  await page.getByRole('table', { name: 'Saved scenarios' }).getByRole('link', { name: 'Nobody may be used' }).waitFor();
  await page.getByText('Scenario: Nobody may be used').waitFor();
  const { items } = await program.get('/plan/scenarios');
  assert.deepEqual(items[0].ask.changes.move_needs, [{ need: event.id, to: '2099-12-31' }]);
  await look(page, 'what-if');
  const other = await goodword.openPageAs(t, 'executive');
  await other.goto(page.url());
  await other.getByText('Scenario: Nobody may be used').waitFor();
  await other.getByRole('heading', { name: /more would be at risk$/ }).waitFor();
});

test('a growth goal in a sentence becomes fields to change, and tells the deals and requests it asks for', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { refusals: [422] });
  await page.goto('/plan/demand');
  await page.getByRole('link', { name: 'Growth goals', exact: true }).click();
  await page.getByText('Say by how much and when').waitFor();
  await page.getByRole('textbox', { name: 'The goal in a sentence' }).fill('Increase Q3 revenue by 20% from healthcare, by grit');
  await page.getByRole('button', { name: 'Read sentence' }).click();
  const read = page.getByRole('list', { name: 'Read in the sentence' });
  await read.getByText('“healthcare” as Industry: Healthcare').waitFor();
  await read.getByText('Not understood: grit').waitFor();
  assert.match(await page.getByLabel('First day').inputValue(), /-07-01$/);
  assert.equal(await page.getByRole('textbox', { name: 'Percent' }).inputValue(), '20 %');
  await page.getByRole('heading', { name: /requests, / }).waitFor();
  await look(page, 'goal');
  const before = await page.getByRole('heading', { name: /requests, / }).textContent();
  await page.getByRole('textbox', { name: 'Percent' }).fill('200');
  await page.waitForFunction((was) => ![...document.querySelectorAll('h2')].some((one) => one.textContent === was), before);
  await page.getByRole('textbox', { name: 'Name of the goal' }).fill('Healthcare grows');
  await page.getByRole('button', { name: 'Save goal' }).click();
  const kept = page.getByRole('table', { name: 'Saved goals' });
  await kept.getByRole('link', { name: 'Healthcare grows' }).waitFor();
  await kept.getByText('Priya Raman').first().waitFor();
  const portfolio = page.getByRole('table', { name: 'Who could speak for these goals' });
  await portfolio.getByRole('row').filter({ hasText: 'Healthcare grows' }).getByText(/usable accounts/).waitFor();
  await look(page, 'goals');
  const program = await goodword.callAs('program');
  const demand = await program.get('/plan/demand?window_ends=365');
  const goal = demand.goals.find((one) => one.name === 'Healthcare grows');
  const within = demand.goals.reduce((sum, one) => sum + one.within[0], 0);
  assert.ok(goal.missing_requests > 0 && Math.abs(within - demand.goals_within[0]) < 1e-6, JSON.stringify(demand.goals));
  await page.getByLabel('Last day').fill('2020-01-01');
  await page.getByText('The period ends before it begins').waitFor();
});

test('a stakeholder notes needs, sees who could serve them and what clashes, and takes the file along', async (t) => {
  const page = await goodword.openPageAs(t, 'stakeholder');
  await page.goto('/');
  await page.getByRole('link', { name: 'Needs calendar' }).click();
  const list = page.getByRole('table', { name: 'Needs by day' });
  await list.getByRole('button', { name: 'Customer day: opening talk' }).waitFor();
  const account = (await (await goodword.callAs('program')).get('/advocates?status=active&limit=1')).items[0].account;
  const note = async (title, days, customer) => {
    await page.getByRole('button', { name: 'New need' }).first().click();
    const sheet = page.getByRole('dialog', { name: 'New need' });
    await sheet.getByRole('textbox', { name: 'What for' }).fill(title);
    const on = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await sheet.getByLabel('Day').fill(on);
    if (customer) {
      await sheet.getByRole('combobox', { name: 'Named customer' }).fill(customer);
      await page.getByRole('option', { name: customer, exact: true }).click();
    }
    await sheet.getByRole('button', { name: 'Note need' }).click();
    await sheet.waitFor({ state: 'detached' });
  };
  await note('Spring summit', 100, undefined);
  await note('Customer forum', 130, account.name);
  await note('Customer gala', 135, account.name);
  await list.getByRole('button', { name: 'Customer gala' }).waitFor();
  const clashes = page.getByRole('table', { name: 'Customers asked for more than one thing' });
  await clashes.getByText('no room').first().waitFor();
  await look(page, 'needs');
  await list.getByRole('button', { name: 'Spring summit' }).click();
  const panel = page.getByRole('dialog', { name: 'Spring summit' });
  await panel.getByRole('textbox', { name: 'Note' }).fill('Keynote of 20 minutes');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Need saved').waitFor();
  await look(page, 'need');
  await panel.getByRole('button', { name: 'Close need' }).click();
  await panel.getByRole('textbox', { name: 'How it ended' }).fill('The summit is off');
  await panel.getByRole('button', { name: 'Close need' }).click();
  await panel.getByText('The summit is off').waitFor();
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Calendar file' }).click()]);
  const file = await readFile(await download.path(), 'utf8');
  assert.match(file, /SUMMARY:Customer gala/);
  assert.doesNotMatch(file, /Spring summit/);
});

test('the page for the sponsor weighs a head count with today’s numbers, and paper shows nothing else', async (t) => {
  const executive = await goodword.callAs('executive');
  const cut = 'facets=industry,product&broad=true';
  const gaps = await executive.get(`/plan/gaps?${cut}&window_ends=30,60,90`);
  const weighed = await executive.get(`/plan/head-count?${cut}&goal=%2B100`);
  const page = await goodword.openPageAs(t, 'executive');
  await page.goto('/plan/sponsor');
  const used = Math.min(100, weighed.asked_at_most);
  await page.getByText(`Of 100 new references, demand would ask at most ${used} (`).waitFor();
  await page.getByText(`${gaps.advocates.toLocaleString('en-US')}`, { exact: true }).waitFor();
  await look(page, 'sponsor');
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('heading', { name: 'What to ask for instead' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Print' }).count(), 0);
  for (const format of ['A4', 'Letter']) {
    const paper = (await page.pdf({ format })).toString('latin1');
    assert.equal(paper.match(/\/Type\s*\/Page\b/g)?.length, 1, format);
  }
});

test('an owner sees what own customers are planned for, and a seller plans with what all deals told', async (t) => {
  const cut = 'facets=industry,product&window_ends=30,60,90&broad=true';
  const own = await (await goodword.callAs('owner')).get(`/plan/gaps/customers?${cut}`);
  assert.ok(own.planned > 0 && own.planned <= own.gives, JSON.stringify(own).slice(0, 300));
  const page = await goodword.openPageAs(t, 'owner');
  await page.goto('/plan/gaps');
  const table = page.getByRole('table', { name: 'Your customers in the plan' });
  const [first] = own.customers;
  const row = table.getByRole('row').filter({ hasText: first.account.name });
  await row.getByRole('link', { name: first.people[0].display_name }).waitFor();
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await look(page, 'gaps-owner');
  const [team, seller] = await Promise.all(['program', 'seller'].map(async (role) => (await goodword.callAs(role)).get(`/plan/demand?${cut}`)));
  assert.ok(seller.deals < team.deals && team.need_rate.n > 0);
  assert.deepEqual([seller.need_rate, seller.references], [team.need_rate, team.references]);
});
