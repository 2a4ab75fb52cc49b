// Opens the app without a connection: keeps the files of its shell and of the pages of own requests, by names that
// hold a digest. Answers of the API never pass through here; what is kept of those, `src/api/offline.ts` decides.

const PREFIX = "goodword-shell-";
const SHELL = `${PREFIX}__DIGEST__`;
const FILES = __FILES__;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)));
});

addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  await Promise.all(former.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(open(event));
  else if (FILES.includes(pathname)) event.respondWith(load(request, pathname));
});

/** A page as the server has it now, else the kept shell. */
async function open(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match("/", { cacheName: SHELL })) ?? Response.error();
  }
}

/** A name with a digest is always the same file; the others are asked for as long as the server answers. */
async function load(request, pathname) {
  const kept = await caches.match(pathname, { cacheName: SHELL });
  if (kept && pathname.startsWith("/assets/")) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}
