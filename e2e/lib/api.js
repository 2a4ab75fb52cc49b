// Talks to the program as one of the demo people, without a page: to set a journey up, and to see
// what became of it where no page tells.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/**
 * Signs in as a role. The answer has `get`, `post`, `change` and `act`, each of which fails on a
 * refusal, `colleague(role)`, who is signed in as well, and the `cookie` that makes a page this person's.
 */
export async function callAs(program, role) {
  const { email, password } = program.signIns.get(role);
  const signedIn = await fetch(`${program.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(signedIn.status, 200, `${role} could not sign in: ${await signedIn.clone().text()}`);
  const [cookie] = signedIn.headers.getSetCookie()[0].split(';');
  const [name, value] = cookie.split('=');
  const session = await signedIn.json();

  const send = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${program.address}/api/v1${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer.text();
    assert.ok(answer.ok, `${method} ${path} as ${role} was answered ${answer.status}: ${said}`);
    return said === '' ? null : JSON.parse(said);
  };
  return {
    session,
    colleague: (other) => callAs(program, other),
    cookie: { name, value, url: program.address },
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body, { 'idempotency-key': randomUUID() }),
    act: (path, body, version) => send('POST', path, body, { 'if-match': `"${version}"` }),
    change: (path, body, version) => send('PATCH', path, body, { 'if-match': `"${version}"` }),
  };
}
