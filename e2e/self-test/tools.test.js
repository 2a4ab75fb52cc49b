// The servers that tests run beside do what tests count on, and leave nothing behind.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { mailsTo, waitForMail } from '../lib/mail.js';

const tools = fileURLToPath(new URL('../../tools', import.meta.url));

function runTool(name, args) {
  const environment = { ...process.env };
  // A server that is already there would be used instead of a new one.
  delete environment.GOODWORD_TEST_POSTGRES_URL;
  return spawnSync(join(tools, name), args, { env: environment, encoding: 'utf8' });
}

/** Sends lines to the mail server, one for each answer; answers with the status of each. */
async function speakSmtp(lines) {
  const [host, port] = (process.env.GOODWORD_TEST_SMTP ?? '').split(':');
  assert.ok(port, 'GOODWORD_TEST_SMTP is not set. Run the journeys through tools/with-mail-sink.');
  const socket = createConnection(Number(port), host);
  const statuses = [];
  for await (const answer of createInterface({ input: socket })) {
    statuses.push(Number(answer.slice(0, 3)));
    const line = lines.shift();
    if (line === undefined) break;
    socket.write(`${line}\r\n`);
  }
  socket.destroy();
  // The first answer is the greeting.
  return statuses.slice(1);
}

const send = (to, message) =>
  speakSmtp(['HELO test', 'MAIL FROM:<from@goodword.example>', `RCPT TO:<${to}>`, 'DATA', `${message}\r\n.`]);

test('a mail is kept for the person it went to', async () => {
  const to = `ann-${process.pid}@goodword.example`;
  assert.deepEqual(await mailsTo(to), []);
  await send(to, 'Subject: First\r\n\r\nPlease say yes.');
  await send(to, 'Subject: Second\r\n\r\nThank you.');

  assert.deepEqual(await waitForMail(to), { from: 'from@goodword.example', to: [to], message: 'Subject: First\r\n\r\nPlease say yes.\r\n' });
  assert.match((await waitForMail(to, { skip: 1 })).message, /Thank you/);
  assert.equal((await mailsTo(to)).length, 2);
});

for (const [to, status] of [
  ['refused@goodword.example', 550],
  ['later@goodword.example', 451],
]) {
  test(`a mail to ${to} is answered with ${status}`, async () => {
    const statuses = await speakSmtp(['HELO test', 'MAIL FROM:<from@goodword.example>', `RCPT TO:<${to}>`]);
    assert.equal(statuses.at(-1), status);
    assert.deepEqual(await mailsTo(to), []);
  });
}

test('the mail server and its folder are gone with the command, whose status is kept', () => {
  const { status, stdout } = runTool('with-mail-sink', ['sh', '-c', 'ls -d "$GOODWORD_TEST_MAIL_DIR"; exit 7']);
  assert.equal(status, 7);
  assert.equal(existsSync(stdout.trim()), false);
});

test('the database server and its folder are gone with the command, whose status is kept', () => {
  const { status, stdout, stderr } = runTool('with-postgres', ['sh', '-c', 'echo "$GOODWORD_TEST_POSTGRES_URL"; exit 7']);
  assert.equal(status, 7, stderr);
  const folder = new URL(stdout.trim()).searchParams.get('host');
  assert.match(folder, /goodword-postgres/);
  assert.equal(existsSync(folder), false);
});

for (const [what, name, text, finding] of [
  ['unfinished work', 'a.md', `${'TO'}${'DO'}: later`, /a\.md:1: .* marks unfinished work/],
  ['a package registry', 'a.md', `\nsee https://registry.${'npmjs'}.org/x`, /a\.md:2: .* names the host of a package registry/],
  ['a path of one machine', 'a.md', `run ${'/home'}/ann/x`, /a\.md:1: .* holds an absolute path/],
  ['a source file that is too long', 'a.rs', '//\n'.repeat(401), /a\.rs: 401 lines, more than 400/],
]) {
  test(`the check of texts finds ${what}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'goodword-texts-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, name), text);
    const { status, stdout } = runTool('check', [join(folder, name)]);
    assert.equal(status, 1);
    assert.match(stdout, finding);
  });
}

test('the check of texts accepts what is in order', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-texts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.rs'), '//\n'.repeat(400));
  const { status, stdout } = runTool('check', [join(folder, 'a.rs')]);
  assert.equal(status, 0, stdout);
});
