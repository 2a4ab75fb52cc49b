// Measures reads and writes of the demo company while 50 requests a second arrive, whether or not the
// ones before were answered. One request in five writes.
//
// Usage: node measure/load.js [--scale 20] [--seconds 60] [--rate 50]; bench/product runs it.
// Prints Markdown and fails where a gate is missed or an answer was a refusal.

import { randomUUID } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { callAs } from '../lib/api.js';
import { startProgram } from '../lib/program.js';
import { quantile, report } from './report.js';

const READ_MS_MAX = 80;
const WRITE_MS_MAX = 100;
const SHARE = 0.95;
/** One of so many requests writes. */
const WRITES_EVERY = 5;

const { values: given } = parseArgs({
  options: {
    scale: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
  },
});

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const idsOf = ({ items }) => items.map(({ id }) => id);
/** The values one after the other, over and over. */
const inTurns = (values) => {
  let turn = 0;
  return () => values[turn++ % values.length];
};

/** What is read, by name; each call asks for the next record. */
async function reads({ seller, owner, program, executive }) {
  const deal = inTurns(idsOf(await seller.get('/opportunities?scope=mine&status=open&limit=50')));
  const advocate = inTurns(idsOf(await program.get('/advocates?limit=50')));
  const account = inTurns(idsOf(await program.get('/accounts?limit=50')));
  const request = inTurns(idsOf(await program.get('/requests?limit=50')));
  return {
    'my open deals': () => seller.get('/opportunities?scope=mine&status=open&sort=close_on'),
    'a deal': () => seller.get(`/opportunities/${deal()}`),
    "a deal's matches": () => seller.get(`/opportunities/${deal()}/matches?activity=reference_call`),
    'my requests': () => seller.get('/requests?scope=mine'),
    approvals: () => owner.get('/approvals'),
    inbox: () => owner.get('/inbox'),
    advocates: () => program.get('/advocates?limit=50'),
    'an advocate': () => program.get(`/advocates/${advocate()}`),
    accounts: () => program.get('/accounts?limit=50'),
    'an account': () => program.get(`/accounts/${account()}`),
    requests: () => program.get('/requests?limit=50'),
    'a request': () => program.get(`/requests/${request()}`),
    'the metric': () => executive.get('/metrics/leveraging'),
  };
}

/** What is written, by name. */
async function writes({ seller, program }) {
  const deal = inTurns(idsOf(await seller.get('/opportunities?scope=mine&status=open&limit=50')));
  const account = inTurns(idsOf(await program.get('/accounts?limit=50&sort=name')));
  const ask = (note) => ({ opportunity_id: deal(), activity: 'reference_call', need_by: inDays(21), note });
  const versions = new Map();
  const sent = [];
  return {
    'a request is sent': async () => void sent.push(await seller.post('/requests', { ...ask('How long did it take?'), override_reason: null })),
    'a draft is kept': () => seller.post('/requests/drafts', ask('Not yet sure.')),
    'somebody is nominated': () => program.post('/advocates', { account_id: account(), name: `Kim ${randomUUID().slice(0, 8)}`, why: 'Glad to talk' }),
    'an account is edited': async () => {
      const id = account();
      const version = versions.get(id) ?? (await program.get(`/accounts/${id}`)).version;
      const began = performance.now();
      const edited = await program.change(`/accounts/${id}`, { employees: 100 + Math.floor(Math.random() * 900) }, version);
      versions.set(id, edited.version);
      return { since: began };
    },
  };
}

/** Sends at the rate given until the time is over; the clock of each starts when it was due. */
async function run(kinds, seconds, rate) {
  const taken = new Map();
  const failures = [];
  const readKind = inTurns(Object.entries(kinds.reads));
  const writeKind = inTurns(Object.entries(kinds.writes));
  const underWay = [];
  const began = performance.now();
  for (let number = 0; number < seconds * rate; number += 1) {
    const due = began + (number * 1000) / rate;
    await pause(Math.max(0, due - performance.now()));
    const isWrite = number % WRITES_EVERY === WRITES_EVERY - 1;
    const [name, send] = isWrite ? writeKind() : readKind();
    const key = `${isWrite ? 'write' : 'read'}: ${name}`;
    if (!taken.has(key)) taken.set(key, []);
    underWay.push(
      send()
        .then((answer) => taken.get(key).push(performance.now() - (answer?.since ?? due)))
        .catch((error) => failures.push(`${key}: ${error.message.slice(0, 300)}`)),
    );
  }
  await Promise.all(underWay);
  return { taken, failures };
}

const program = await startProgram({ scale: Number(given.scale), seed: 1, readyMs: 300_000 });
try {
  const callers = {};
  for (const role of ['seller', 'owner', 'program', 'executive']) callers[role] = await callAs(program, role);
  const kinds = { reads: await reads(callers), writes: await writes(callers) };
  const { taken, failures } = await run(kinds, Number(given.seconds), Number(given.rate));
  const row = (name, values, most) => ({ name, measure: `${values.length} times`, p50: quantile(values, 0.5), judged: quantile(values, SHARE), share: SHARE, most });
  const of = (prefix) => [...taken].filter(([name]) => name.startsWith(prefix)).flatMap(([, values]) => values);
  report({
    title: 'Requests to the demo company under load',
    lead: `Scale ${given.scale}, SQLite, ${given.rate} requests a second for ${given.seconds} s, one in ${WRITES_EVERY} writes, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, ${failures.length} refused. Milliseconds on the wall from the moment each was due.`,
    rows: [
      row('every read', of('read'), READ_MS_MAX),
      row('every write', of('write'), WRITE_MS_MAX),
      ...[...taken].sort().map(([name, values]) => row(name, values, name.startsWith('read') ? READ_MS_MAX : WRITE_MS_MAX)),
    ],
  });
  if (failures.length > 0) {
    console.error([...new Set(failures)].slice(0, 5).join('\n'));
    process.exitCode = 1;
  }
} finally {
  await program.stop();
}
