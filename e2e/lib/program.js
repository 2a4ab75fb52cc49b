// Starts the real program on a demo company of its own and stops it again.
//
// What it counts on: `demo --data DIR --scale S --seed N` prints the password of all demo people and a
// table with the role, the e-mail address and the name of each, two or more spaces between them;
// `serve --data DIR --listen ADDRESS` answers GET /api/v1/health with 200 once it is ready, and ends
// on SIGTERM.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 10_000;
/** Another demo company than the everyday one: what a journey finds must not hang on one day's names. */
const SEED = Number(process.env.GOODWORD_DEMO_SEED ?? 1);
const LOG_CHARACTERS_MAX = 64 * 1024;

const PASSWORD_LINE = /^The password of all of them: (\S.*?)\s*$/m;
const SIGN_IN_LINE = /^\s*(\S.*?)\s{2,}(\S+@\S+)\s{2,}(\S.*?)\s*$/;

/** Where the program is when nothing says otherwise: the everyday build. */
export function builtProgram() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return process.env.GOODWORD_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'goodword');
}

/**
 * Makes demo data in a new folder and serves it on a free port of the loopback address. Without
 * `demo` the folder stays empty, as where nobody has been yet. `environment` is added to what this
 * process has, and `readyMs` is how long the program may take to answer.
 */
export async function startProgram({ program = builtProgram(), demo = true, scale = 0.1, seed = SEED, environment = {}, readyMs = READY_MS_MAX } = {}) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goodword-journey-'));
  try {
    const fill = ['demo', '--data', dataFolder, '--scale', `${scale}`, '--seed', `${seed}`];
    const signIns = demo ? readSignIns(await runToEnd(program, fill, environment)) : new Map();
    const listen = `127.0.0.1:${await freePort()}`;
    const server = run(program, ['serve', '--data', dataFolder, '--listen', listen], environment);
    const address = `http://${listen}`;
    await untilHealthy(server, address, readyMs);
    const stop = async () => {
      await stopServer(server);
      await rm(dataFolder, { recursive: true });
    };
    return { address, dataFolder, signIns, log: server.log, stop };
  } catch (error) {
    await rm(dataFolder, { recursive: true });
    throw error;
  }
}

/** Role, in small letters, to its demo sign-in. */
export function readSignIns(printed) {
  const signIns = new Map();
  const [, password] = PASSWORD_LINE.exec(printed) ?? [];
  for (const line of printed.split('\n')) {
    const [, role, email, name] = SIGN_IN_LINE.exec(line) ?? [];
    if (role !== undefined) signIns.set(role.toLowerCase(), { email, name, password });
  }
  return signIns;
}

function run(program, args, environment) {
  const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let log = '';
  const keep = (text) => {
    log = (log + text).slice(-LOG_CHARACTERS_MAX);
  };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed = (printed + text).slice(-LOG_CHARACTERS_MAX);
    keep(text);
  });
  child.stderr.setEncoding('utf8').on('data', keep);
  // 'close' comes after the last of the output, and after 'error' when the program could not start.
  const ended = new Promise((resolve) => {
    child.once('error', (error) => keep(`${error.message}\n`));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  let isEnded = false;
  ended.then(() => {
    isEnded = true;
  });
  return { child, ended, isEnded: () => isEnded, printed: () => printed, log: () => log };
}

async function runToEnd(program, args, environment) {
  const running = run(program, args, environment);
  const how = await running.ended;
  if (how !== 0) throw new Error(`'${program} ${args[0]}' ended with ${how}:\n${running.log()}`);
  return running.printed();
}

async function untilHealthy(server, address, readyMs) {
  const deadline = Date.now() + readyMs;
  while (!server.isEnded() && Date.now() < deadline) {
    const answer = await fetch(`${address}/api/v1/health`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await pause(25);
  }
  if (server.isEnded()) throw new Error(`The program ended before it was ready:\n${server.log()}`);
  server.child.kill('SIGKILL');
  throw new Error(`The program was not ready after ${readyMs} ms:\n${server.log()}`);
}

async function stopServer(server) {
  if (server.isEnded()) throw new Error(`The program ended while it was needed:\n${server.log()}`);
  server.child.kill('SIGTERM');
  const isLate = await Promise.race([server.ended.then(() => false), pause(STOP_MS_MAX, true, { ref: false })]);
  if (isLate) {
    server.child.kill('SIGKILL');
    throw new Error(`The program did not stop within ${STOP_MS_MAX} ms of being asked to:\n${server.log()}`);
  }
}

/** A port that nothing listened on a moment ago. */
async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
