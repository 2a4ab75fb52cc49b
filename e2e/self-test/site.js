// A tiny site with one page for each mistake that the library has to see, and one without any.

import { createServer } from 'node:http';

const POLICY = "default-src 'self'; require-trusted-types-for 'script'";

const page = (body, head = '') => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Self-test</title>
    <link rel="icon" href="/dot.svg">
    <link rel="stylesheet" href="/look.css">
    ${head}
  </head>
  <body><main><h1>Self-test</h1>${body}</main></body>
</html>`;

const FORM = `
  <label>Name <input name="name"></label>
  <label><input type="checkbox" name="agreed"> Agreed</label>
  <label>Kind <select name="kind"><option>call</option><option>visit</option></select></label>
  <button type="button">Send</button>`;

const SIGN_IN = `
  <form action="/signed-in">
    <label>E-mail <input type="email" name="email"></label>
    <label>Password <input type="password" name="password"></label>
    <button>Sign in</button>
  </form>`;

const LOOK = `
  body { color: #111; background: #fff; font-size: 1rem }
  button, input, select { min-height: 2rem; min-width: 2rem; margin: 0.5rem }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } }`;

const PAGES = {
  '/clean': page(FORM),
  '/sign-in': page(SIGN_IN),
  '/signed-in': page('<p>Welcome</p>'),
  '/inline-script': page('<script>window.ran = true</script>'),
  '/console-error': page('', '<script src="/console-error.js"></script>'),
  '/exception': page('', '<script src="/exception.js"></script>'),
  '/broken': page('', '<script src="/ask-broken.js"></script>'),
  '/refused': page('', '<script src="/ask-refused.js"></script>'),
  '/no-alternative': page('<img src="/dot.svg">'),
  '/faint': page('<p class="faint">Hard to read</p>', '<link rel="stylesheet" href="/faint.css">'),
  '/wide': page('<p class="wide">Wide</p>', '<link rel="stylesheet" href="/wide.css">'),
};

const FILES = {
  '/look.css': ['text/css', LOOK],
  '/faint.css': ['text/css', '.faint { color: #ccc; background: #fff }'],
  '/wide.css': ['text/css', '.wide { width: 1000px }'],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  '/console-error.js': ['text/javascript', "console.error('wrong on purpose')"],
  '/exception.js': ['text/javascript', "throw new Error('thrown on purpose')"],
  '/ask-broken.js': ['text/javascript', "fetch('/api/broken')"],
  '/ask-refused.js': ['text/javascript', "fetch('/api/refused')"],
};

const STATUSES = { '/api/v1/health': 200, '/api/broken': 503, '/api/refused': 409 };

function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://site');
  const send = (status, type, body, headers = {}) => response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  if (pathname in STATUSES) return send(STATUSES[pathname], 'text/plain', 'answered');
  if (pathname in FILES) return send(200, ...FILES[pathname]);
  if (pathname in PAGES) return send(200, 'text/html', PAGES[pathname], { 'content-security-policy': POLICY });
  // Without a policy, so that the request itself and not the policy is what shows.
  if (pathname === '/foreign') return send(200, 'text/html', page(`<img alt="" src="${searchParams.get('image')}">`));
  return send(404, 'text/plain', 'not here');
}

/** Serves the site; answers with the server. */
export async function serveSite(port, host) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(port, host, resolve));
  return server;
}
