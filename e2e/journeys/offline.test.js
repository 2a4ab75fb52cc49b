// Own requests can be read without a connection, and nothing of them stays once the person is gone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { takeProblems, useGoodword } from '../lib/journeys.js';
import { look } from '../lib/pictures.js';

const goodword = useGoodword();

/** What this browser keeps, but for the files of the app itself. */
const keptAddresses = (page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => !name.startsWith('goodword-shell-'));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Opens the list and the first own request, with the worker at work. Answers with the request's deal and address. */
async function readRequests(page) {
  await page.goto('/requests');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const row = page.getByRole('article').first();
  const title = await row.getByRole('link').first().textContent();
  await row.getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.waitForLoadState('networkidle');
  return { title, address: new URL(page.url()).pathname };
}

test('the list and an opened request are read without a connection, and the page says from when they are', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { title, address } = await readRequests(page);

  await page.context().setOffline(true);
  await page.goto('/requests');
  await page.getByRole('status').filter({ hasText: 'No connection. You see your requests as of' }).waitFor();
  await page.getByRole('link', { name: title }).first().waitFor();
  await look(page, 'offline-requests');
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();

  // A screen that is not kept says so, and a change is refused in words.
  await page.goto('/opportunities');
  await page.getByText('The server could not be reached').first().waitFor();

  await page.context().setOffline(false);
  await page.goto('/requests');
  await page.getByRole('link', { name: title }).first().waitFor();
  assert.equal(await page.getByText('No connection.').count(), 0);
  // What the browser says of the lost connection.
  await takeProblems(page);
});

test('only the session and own requests are kept', async (t) => {
  const page = await goodword.openPageAs(t, 'program');
  await page.goto('/requests');
  await page.getByRole('article').first().getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Candidates', exact: true }).waitFor();
  await page.goto('/advocates');
  await page.getByRole('table').getByRole('row').nth(1).waitFor();
  assert.deepEqual(await keptAddresses(page), ['/api/v1/session'], "requests of others and other screens are not");
});

test('signing out leaves nothing of the person in the browser', async (t) => {
  const page = await goodword.openPage(t, { refusals: [401] });
  await goodword.signIn(page, 'seller');
  await readRequests(page);
  assert.ok((await keptAddresses(page)).includes('/api/v1/requests'));
  await page.getByRole('button', { name: /^Your menu/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  assert.deepEqual(await keptAddresses(page), []);
  assert.deepEqual(await databases(page), []);
});

test('a session that ended elsewhere leaves nothing as soon as the server says so', async (t) => {
  const page = await goodword.openPage(t, { refusals: [401] });
  await goodword.signIn(page, 'seller');
  await readRequests(page);
  await page.context().clearCookies();
  await page.goto('/requests');
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  assert.deepEqual(await keptAddresses(page), []);
});

test('another person finds nothing of the one before', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  const { address } = await readRequests(page);
  await page.context().addCookies([(await goodword.callAs('program')).cookie]);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.ok(!(await keptAddresses(page)).includes(`/api/v1${address}`));
});

test('the app can be installed: manifest, icons and worker come as browsers ask for them', async (t) => {
  const page = await goodword.openPageAs(t, 'seller');
  await page.goto('/');
  const manifest = await (await page.request.get('/manifest.webmanifest')).json();
  assert.equal(manifest.display, 'standalone');
  for (const { src, sizes } of manifest.icons.filter(({ type }) => type === 'image/png')) {
    const [width, height] = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, src);
    assert.equal(`${width}x${height}`, sizes);
  }
  for (const name of ['/worker.js', '/manifest.webmanifest']) {
    const { 'cache-control': caching } = (await page.request.get(name)).headers();
    assert.equal(caching, 'no-cache', `${name} is asked for anew, so that a new version is seen`);
  }
});
