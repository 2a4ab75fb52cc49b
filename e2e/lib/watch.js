// Watches all pages of a browser context for what must not happen on any of them: an error on the
// console, an uncaught exception, something that the content security policy had to stop, a request
// to another origin, an answer that says the server broke.

const REFUSED_RESOURCE = /^Failed to load resource: the server responded with a status of (\d{3})/;

/** Runs in each page, before its own scripts. */
function reportPolicyViolations() {
  addEventListener('securitypolicyviolation', (event) => {
    window.reportPolicyViolation(`${event.effectiveDirective} stopped ${event.blockedURI || 'inline code'} on ${event.documentURI}`);
  });
}

/**
 * Starts to watch. Answers with the list of problems, which grows as they are seen; each has a
 * `kind` and a `text`. `refusals` lists the 4xx answers that the journey provokes on purpose.
 */
export async function watch(context, address, { refusals = [] } = {}) {
  const problems = [];
  const add = (kind, text) => problems.push({ kind, text });

  await context.exposeBinding('reportPolicyViolation', (_source, text) => add('content security policy', text));
  await context.addInitScript(reportPolicyViolations);

  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const [, status] = REFUSED_RESOURCE.exec(message.text()) ?? [];
    if (status !== undefined && refusals.includes(Number(status))) return;
    add('console error', `${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (webError) => add('uncaught exception', String(webError.error())));
  const expectSameOrigin = (url) => {
    if (isForeign(url, address)) add('foreign request', url);
  };
  context.on('request', (request) => expectSameOrigin(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => expectSameOrigin(socket.url())));
  context.on('response', (response) => {
    if (response.status() >= 500) add('server error', `${response.status()} ${response.url()}`);
  });
  return problems;
}

function isForeign(url, address) {
  const { protocol, host } = new URL(url);
  if (['about:', 'blob:', 'data:'].includes(protocol)) return false;
  return host !== new URL(address).host;
}

/** Waits until the page has told of everything that it has seen so far. */
export async function catchUp(page) {
  if (!page.isClosed()) await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}
