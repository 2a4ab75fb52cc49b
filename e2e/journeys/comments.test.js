// Colleagues write to each other on a record: who is named finds it in the inbox, answers there, and what was
// written by mistake goes again.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { takeProblems, useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

const commentsOf = (page) => page.getByRole('region', { name: 'Comments', exact: true });
/** What stands there; what is still being typed is no entry. */
const entriesOf = (page) => commentsOf(page).getByRole('listitem');

test('a seller asks a colleague on a deal by keyboard, who is told, answers there, and takes the answer back', async (t) => {
  const [seller, program] = await Promise.all(['seller', 'program'].map(goodword.callAs));
  const { items } = await seller.get('/opportunities?scope=mine&status=open&limit=1');
  const deal = items[0];
  const name = program.session.user.name;
  const page = await goodword.openPageAs(t, 'seller');
  // The part that a phone shows, too, while pictures are taken.
  await page.goto(`/opportunities/${deal.id}?part=comments`);
  const field = commentsOf(page).getByRole('textbox', { name: 'Write a comment' });
  await field.fill('Who could speak for this? ');
  await field.pressSequentially(`@${name.slice(0, 4)}`);
  await page.getByRole('option', { name, exact: true }).waitFor();
  await look(page, 'comments-mention');
  await field.press('Enter');
  assert.equal(await field.inputValue(), `Who could speak for this? @${name} `);
  await field.press('Control+Enter');
  await entriesOf(page).getByText(`@${name}`).waitFor();
  assert.equal(await field.inputValue(), '');

  const other = await goodword.openPageAs(t, 'program');
  await other.goto('/inbox?class=mention');
  const entry = other.getByRole('list', { name: 'Inbox' }).getByRole('listitem').first();
  await entry.getByText(deal.name).waitFor();
  await look(other, 'inbox-mention');
  await entry.getByRole('link', { name: /mentioned you$/ }).click();
  await entriesOf(other).getByText('Who could speak for this?').waitFor();
  await commentsOf(other).getByRole('textbox', { name: 'Write a comment' }).fill('Nobody yet.\nAsk me on Monday.');
  await commentsOf(other).getByRole('button', { name: 'Comment', exact: true }).click();
  await entriesOf(other).getByText('Ask me on Monday.').waitFor();
  await look(other, 'comments');
  await commentsOf(other).getByRole('button', { name: `Remove the comment of ${name}` }).click();
  await entriesOf(other).getByText('Ask me on Monday.').waitFor({ state: 'detached' });
  await other.getByRole('button', { name: 'Undo' }).last().click();
  await entriesOf(other).getByText('Ask me on Monday.').waitFor();
});

test('a comment that could not be sent is kept in its field, and sending it again writes it once', async (t) => {
  const seller = await goodword.callAs('seller');
  const { items } = await seller.get('/accounts?limit=1');
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto(`/accounts/${items[0].id}?tab=activity`);
  const field = commentsOf(page).getByRole('textbox', { name: 'Write a comment' });
  await field.fill('They renew in spring.');
  let isLost = true;
  await page.route('**/api/v1/comments', async (route) => {
    if (route.request().method() !== 'POST' || !isLost) return route.fallback();
    isLost = false;
    // The server did it; only its answer is lost.
    await route.fetch();
    return route.abort();
  });
  await commentsOf(page).getByRole('button', { name: 'Comment', exact: true }).click();
  const again = commentsOf(page).getByRole('button', { name: 'Try again' });
  await again.waitFor();
  assert.equal(await field.inputValue(), 'They renew in spring.');
  await takeProblems(page);
  await again.click();
  await entriesOf(page).first().waitFor();
  assert.equal(await field.inputValue(), '');
  const { total } = await seller.get(`/comments?record_kind=account&record_id=${items[0].id}`);
  assert.equal(total, 1);
});

test('on a phone a mention leads to what was written, and the parts of a deal are a press apart', async (t) => {
  const [seller, program] = await Promise.all(['seller', 'program'].map(goodword.callAs));
  const { items } = await seller.get('/opportunities?scope=mine&status=open&limit=1');
  const body = `Is the plant in Ulm a reference? @${program.session.user.name}`;
  await seller.post('/comments', { record_kind: 'opportunity', record_id: items[0].id, body });
  const page = await goodword.openPageAs(t, 'program', { viewport: { width: 390, height: 844 } });
  await page.goto('/inbox?class=mention');
  await page.getByRole('list', { name: 'Inbox' }).getByRole('link', { name: /mentioned you$/ }).first().click();
  const entry = entriesOf(page).getByText('Is the plant in Ulm a reference?');
  await entry.waitFor();
  await page.waitForFunction((box) => box.getBoundingClientRect().bottom < window.innerHeight, await entry.elementHandle());
  const parts = page.getByRole('navigation', { name: 'Parts of the deal' });
  assert.equal(await page.getByRole('heading', { name: 'References that fit this deal' }).isVisible(), false);
  await parts.getByRole('link', { name: 'References' }).click();
  await page.getByRole('heading', { name: 'References that fit this deal' }).waitFor();
  assert.equal(await entry.isVisible(), false);
  await look(page, 'deal-parts');
});
