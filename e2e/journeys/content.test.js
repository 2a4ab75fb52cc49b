// A story goes in, a seller sends it to a buyer, and the deal learns that it was opened.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findUnservedDeal } from '../lib/company.js';
import { optionOf, useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

/** What a buyer's browser calls itself; the one of the journeys says that it is a machine. */
const BUYER = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  // Nobody is signed in there, and a link that ended is answered 410.
  refusals: [401, 410],
};
const TITLE = 'Cutover in six weeks';

/** A picture of one orange point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

test('the program team adds a story with a picture and approves it', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/content');
  await page.getByRole('article').first().waitFor();
  await look(page, 'content-library');

  await page.getByRole('button', { name: 'Add content' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'New content' });
  await sheet.getByLabel('Title').fill(TITLE);
  await sheet.getByRole('button', { name: 'Add draft' }).click();

  const edit = page.getByRole('dialog', { name: 'Edit' });
  await edit.getByLabel('Story or quote').fill('It took six weeks and nobody noticed.');
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByText('It took six weeks and nobody noticed.').waitFor();
  await edit.waitFor({ state: 'hidden' });

  await page.locator('input[type=file]').setInputFiles({ name: 'point.png', mimeType: 'image/png', buffer: PICTURE });
  await page.getByText('File saved').waitFor();
  const picture = page.getByRole('img', { name: TITLE });
  await picture.waitFor();
  assert.equal(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth)), 1);

  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Send to a buyer' }).waitFor();
  await look(page, 'content-piece');
});

test('a web page as a file is refused with what to do instead', async (t) => {
  const page = await goodword.openPageAs(t, 'program', { refusals: [422] });
  await page.goto('/content?q=' + encodeURIComponent(TITLE));
  await page.getByRole('link', { name: TITLE }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'point.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  });
  await page.getByText('SVG pictures can carry scripts').waitFor();
});

test('a buyer opens the link, the deal learns it, and ending the link ends it at once', async (t) => {
  const seller = await goodword.callAs('seller');
  const { deal } = await findUnservedDeal(seller);
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/content?q=' + encodeURIComponent(TITLE));
  await page.getByRole('button', { name: `Send ${TITLE} to a buyer` }).click();
  const sheet = page.getByRole('dialog', { name: 'Send to a buyer' });
  await sheet.getByRole('combobox', { name: 'Deal' }).or(sheet.getByRole('textbox', { name: 'Deal' })).click();
  await optionOf(page, deal.id).click();
  await sheet.getByRole('button', { name: 'Make link' }).click();
  const link = await sheet.getByLabel('Link', { exact: true }).inputValue();
  assert.match(link, /\/s\/[\w-]{43}$/);

  const buyer = await goodword.openPage(t, BUYER);
  const counted = buyer.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() === 204);
  await buyer.goto(new URL(link).pathname);
  await buyer.getByRole('heading', { name: TITLE }).waitFor();
  assert.equal(await buyer.getByRole('navigation').count(), 0, 'no app around it');
  await buyer.getByRole('img', { name: TITLE }).waitFor();
  await counted;
  await look(buyer, 'shared');

  await page.goto(`/opportunities/${deal.id}`);
  const sent = page.getByRole('region', { name: 'Sent content' });
  await sent.getByText('Opened 1 time').waitFor();
  await look(page, 'opportunity-shares');
  await sent.getByRole('button', { name: `End link to ${TITLE}` }).click();
  await page.getByRole('dialog', { name: `End the link to ${TITLE}?` }).getByRole('button', { name: 'End link' }).click();
  await sent.getByText('Revoked').waitFor();

  await buyer.reload();
  await buyer.getByRole('heading', { name: 'This link works no more' }).waitFor();
});
