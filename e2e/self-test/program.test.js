// The program is started on demo data of its own, and nothing of it is left afterwards.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readSignIns, startProgram } from '../lib/program.js';

const program = fileURLToPath(new URL('program.js', import.meta.url));

test('the program serves the demo data it was asked for and is gone when stopped', async () => {
  const started = await startProgram({ program, scale: 0.5, seed: 7 });
  assert.equal(readFileSync(join(started.dataFolder, 'made'), 'utf8'), 'scale 0.5, seed 7');
  assert.equal((await fetch(`${started.address}/api/v1/health`)).status, 200);

  await started.stop();

  await assert.rejects(fetch(`${started.address}/api/v1/health`));
  assert.equal(existsSync(started.dataFolder), false);
});

for (const command of ['demo', 'serve']) {
  test(`a program that breaks at '${command}' is told with its last words`, async () => {
    await assert.rejects(startProgram({ program, environment: { SELF_TEST_BREAK: command } }), /broken on purpose/);
  });
}

test('a program that is not there is told by its name', async () => {
  await assert.rejects(startProgram({ program: `${program}.gone` }), /program\.js\.gone/);
});

test('an empty data folder is served as it is', async (t) => {
  const started = await startProgram({ program, demo: false });
  t.after(() => started.stop());
  assert.equal(existsSync(join(started.dataFolder, 'made')), false);
  assert.equal(started.signIns.size, 0);
});

test('sign-ins are read by role from what the program prints', () => {
  const printed =
    '67 people\n\nThe password of all of them: two by two\n\nRole  E-mail  Name\nCSM    ann@a.example    Ann Lee\nprogram manager  pia@a.example  Pia\n';
  assert.deepEqual(
    [...readSignIns(printed)],
    [
      ['csm', { email: 'ann@a.example', name: 'Ann Lee', password: 'two by two' }],
      ['program manager', { email: 'pia@a.example', name: 'Pia', password: 'two by two' }],
    ],
  );
});
