#!/usr/bin/env node
// Stands in for the real program where the library proves itself: the same two commands, a site with
// mistakes on purpose instead of the product.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { serveSite } from './site.js';

const [command, ...args] = process.argv.slice(2);
const option = (name) => args[args.indexOf(name) + 1];

if (process.env.SELF_TEST_BREAK === command) {
  console.error('broken on purpose');
  process.exit(3);
}
if (command === 'demo') {
  writeFileSync(join(option('--data'), 'made'), `scale ${option('--scale')}, seed ${option('--seed')}`);
  console.log('The password of all of them: two by two');
  console.log('Role             E-mail                 Name');
  console.log('seller           sam@goodword.example   Sam Rivera');
  console.log('program manager  pia@goodword.example   Pia');
} else {
  const [host, port] = option('--listen').split(':');
  const server = await serveSite(Number(port), host);
  process.on('SIGTERM', () => {
    server.closeAllConnections();
    server.close();
  });
}
