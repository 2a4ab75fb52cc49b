// Not a test of its own: journeys.test.js runs it to see it fail. Nothing in it asserts anything.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { useGoodword } from '../lib/journeys.js';

const goodword = useGoodword({ program: fileURLToPath(new URL('program.js', import.meta.url)) });

test('a journey that looks away', async (t) => {
  const page = await goodword.openPage(t);
  await page.goto('/console-error');
});
