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

test('sign-ins are read by role from what the program prints', () => {
  const printed = 'Demo sign-ins\n\n  CSM    ann@a.example    a-b-c\n  Program manager  pia@a.example  d-e-f\nDone in 3 s\n';
  assert.deepEqual(
    [...readSignIns(printed)],
    [
      ['csm', { email: 'ann@a.example', password: 'a-b-c' }],
      ['program manager', { email: 'pia@a.example', password: 'd-e-f' }],
    ],
  );
});
