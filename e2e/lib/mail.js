// Reads what the program mailed to a person, from the folder of the mail server of the tests.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ARRIVAL_MS_MAX = 15_000;

function mailFolder() {
  const folder = process.env.GOODWORD_TEST_MAIL_DIR;
  if (!folder) throw new Error('GOODWORD_TEST_MAIL_DIR is not set. Run the journeys through tools/with-mail-sink.');
  return folder;
}

/** All mails to an address so far, oldest first: `from`, `to` and the raw `message`. */
export async function mailsTo(address) {
  const folder = mailFolder();
  const mails = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()) {
    const envelope = JSON.parse(await readFile(join(folder, name), 'utf8'));
    if (!envelope.to.includes(address)) continue;
    mails.push({ ...envelope, message: await readFile(join(folder, name.replace(/json$/, 'eml')), 'utf8') });
  }
  return mails;
}

/** Waits for the first mail to an address, after `skip` earlier ones. */
export async function waitForMail(address, { skip = 0 } = {}) {
  const deadline = Date.now() + ARRIVAL_MS_MAX;
  while (Date.now() < deadline) {
    const mail = (await mailsTo(address))[skip];
    if (mail) return mail;
    await pause(50);
  }
  throw new Error(`No mail to ${address} arrived within ${ARRIVAL_MS_MAX} ms`);
}
