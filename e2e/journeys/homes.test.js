// Where each role begins, and the way to anything from anywhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, takePictures } from '../lib/pictures.js';

const goodword = useGoodword();

for (const [role, sections] of Object.entries({
  seller: ['My open deals', 'My requests', 'New content'],
  owner: ['Waiting for your answer', 'Who carries the load', 'Profiles of mine to verify', 'My nominations'],
  stakeholder: ['My needs', 'My requests', 'New content'],
  program: ['Open requests', 'To look after', 'Searches that found nobody'],
  executive: ['Largest gaps, next 90 days', 'Lately won with a reference', 'Segments that hang on one customer'],
  admin: ['The system', 'Set up', 'The log'],
  privacy: ['People in the program', 'Accounts not to be used now', 'The log'],
})) {
  test(`the home of ${role} holds what the role looks after, and nothing that it may not see`, async (t) => {
    const page = await goodword.openPageAs(t, role);
    await page.goto('/');
    for (const name of sections) await page.getByRole('heading', { name, exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByRole('alert').count(), 0);
    await takePictures(page, `home-${role}`);
    await inEveryLook(page, () => expectNoAxeViolations(page));
  });
}

test('the five numbers of an executive are those of the metric and the plan, with the trend in words', async (t) => {
  const executive = await goodword.callAs('executive');
  const metric = await executive.get('/metrics/leveraging?by=quarter');
  const page = await goodword.openPageAs(t, 'executive');
  await page.goto('/');
  const numbers = page.getByRole('region', { name: 'The asset in five numbers' });
  const share = numbers.getByText(`${Math.round(metric.rate * 100)}%`, { exact: true }).first();
  await share.waitFor();
  await numbers.getByText(`${metric.open.with_reference} of ${metric.open.count}`, { exact: true }).waitFor();
  assert.equal(await numbers.getByRole('term').count(), 5);
  await numbers.getByRole('img', { name: /^Closed deals that used a reference: \d+% in Q\d \d{4}, \d+% in Q\d \d{4}$/ }).waitFor();
  await numbers.getByRole('link', { name: 'Pipeline that references cover' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gaps' }).waitFor();
});

test('an owner sees whom to spare and whom to ask next, counted as the load page counts', async (t) => {
  const owner = await goodword.callAs('owner');
  const load = await owner.get('/load');
  const page = await goodword.openPageAs(t, 'owner');
  await page.goto('/');
  const line = page.getByRole('listitem').filter({ hasText: 'Not asked in six months' });
  await line.getByText(String(load.never_asked.total), { exact: true }).waitFor();
  await page.getByRole('button', { name: load.most_used.rows[0].display_name }).waitFor();
  await page.getByRole('link', { name: /Not asked in six months/ }).click();
  await page.waitForURL((url) => url.pathname === '/load' && url.searchParams.get('list') === 'never_asked');
});

test('a stakeholder goes from the home to a new need, and finds it on the home with who could serve it', async (t) => {
  const stakeholder = await goodword.callAs('stakeholder');
  const page = await goodword.openPageAs(t, 'stakeholder');
  await page.goto('/');
  await page.getByRole('button', { name: 'Add need' }).click();
  await page.getByRole('dialog').waitFor();
  const day = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  await stakeholder.post('/plan/needs', { kind: 'event', title: 'User day', activity: 'speaking', wanted: 2, need_on: day, terms: [] });
  await page.goto('/');
  const row = page.getByRole('list', { name: 'My needs' }).getByRole('listitem').filter({ hasText: 'User day' });
  await row.getByText(/^[012] of 2/).waitFor();
});

test('what the program looks after is counted as its list counts it', async (t) => {
  const program = await goodword.callAs('program');
  // Whoever left their company waits for that alone, however old the profile.
  const { total } = await program.get('/steward?reason=stale&limit=1');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('listitem').filter({ hasText: 'not verified for 180 days' }).getByText(String(total), { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Active profiles not verified for 180 days' }).click();
  await page.getByText(`of ${total} shown`).waitFor();
});

test('the home of the program team asks the server at most four times for what it shows', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  const asked = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname.replace('/api/v1/', ''));
  });
  await page.goto('/');
  await page.getByRole('heading', { name: 'Searches that found nobody' }).waitFor();
  await page.waitForLoadState('networkidle');
  // Every screen asks who is signed in, what is new and which views are pinned.
  const own = asked.filter((path) => !['session', 'inbox', 'views'].includes(path));
  assert.ok(own.length > 0 && own.length <= 4, `it asks for ${own.join(', ')}`);
});

test('the palette finds a contact and a screen', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/contacts?limit=1');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/');
  await page.getByRole('heading', { name: 'To look after', exact: true }).waitFor();
  const open = async (words) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
  };
  await open(items[0].name);
  // Contacts stand under the advocates, who may bear the same name.
  await page.getByRole('option').filter({ hasText: items[0].name }).filter({ hasText: items[0].account.name }).last().click();
  await page.getByRole('heading', { level: 1, name: items[0].name }).waitFor();
  await open('Program rules');
  await page.getByRole('option', { name: 'Program rules', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Program rules' }).waitFor();
});

test('a nominee moves on by keyboard, and is declined only with a reason', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=nominated&limit=2');
  assert.equal(items.length, 2, 'the demo company has two nominees');
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/recruiting');
  const nominated = page.getByRole('region', { name: 'Nominated' });
  await nominated.getByRole('listitem').first().waitFor();
  await takePictures(page, 'recruiting');
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  await page.getByText(`${items[0].display_name} is now in Vetting`).waitFor();
  assert.equal((await program.get(`/advocates/${items[0].id}`)).status, 'vetting');

  await nominated.getByRole('button', { name: `Decline ${items[1].display_name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await dialog.getByText('Say why, so that the next person knows.').waitFor();
  await dialog.getByLabel('Why').fill('Leaves the company in spring.');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await page.getByText(`${items[1].display_name} is now in Declined`).waitFor();
  assert.equal((await program.get(`/advocates/${items[1].id}`)).status, 'declined');
});

test('a card says who nominated and whose customer it is, and is dragged to the next stage only', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/advocates?status=onboarding&limit=1');
  const [{ id, display_name: name, origin }] = items;
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/recruiting');
  const column = (stage) => page.getByRole('region', { name: stage, exact: true });
  const card = column('Onboarding').getByRole('listitem').filter({ hasText: name });
  await card.getByText(`Owner: ${origin.owner}`).waitFor();
  await card.dragTo(column('Invited'));
  assert.equal((await program.get(`/advocates/${id}`)).status, 'onboarding', 'nobody goes back');
  await card.dragTo(column('Active'));
  await page.getByText(`${name} is now in Active`).waitFor();
  assert.equal((await program.get(`/advocates/${id}`)).status, 'active');
  const seller = await goodword.callAs('seller');
  const { items: seen } = await seller.get('/advocates?limit=5');
  assert.ok(
    seen.every((row) => row.origin === null),
    'a seller does not learn where an advocate came from',
  );
});
