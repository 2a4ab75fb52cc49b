// Holds the budget of the first load and of each route: gzip kilobytes of what the browser fetches.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const INITIAL_KB_MAX = 250;
const ROUTE_KB_MAX = 80;

const dist = new URL("../dist/", import.meta.url);
const kilobytes = (name) => gzipSync(readFileSync(new URL(name, dist))).length / 1000;
const html = readFileSync(new URL("index.html", dist), "utf8");
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css)|theme\.js)"/g)].map(
  (found) => found[1],
);
const scripts = first.filter((name) => name.endsWith(".js"));
const styles = first.filter((name) => name.endsWith(".css"));
const sum = (names) => names.reduce((total, name) => total + kilobytes(name), 0);
// A reader fetches the words of one language with the first page.
const words = [...html.matchAll(/data-words-..="\/(assets\/[^"]+\.js)"/g)].map((found) => found[1]);
const initial = sum(scripts) + Math.max(...words.map(kilobytes));

/** What a module fetches with it besides the first load: itself, and all that it imports outright. */
function fetched(name, seen = new Set()) {
  if (seen.has(name) || scripts.includes(name) || words.includes(name)) return seen;
  seen.add(name);
  const source = readFileSync(new URL(name, dist), "utf8");
  for (const [, imported] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    fetched(`assets/${imported}`, seen);
  return seen;
}

const lazy = readdirSync(new URL("assets/", dist))
  .filter((name) => name.endsWith(".js"))
  .map((name) => ({ name, size: sum([...fetched(`assets/${name}`)]) }))
  .sort((one, other) => other.size - one.size);

console.log(
  `first load: ${initial.toFixed(1)} kB JS in ${scripts.length} files and the words of a language (at most ${INITIAL_KB_MAX}), ${sum(styles).toFixed(1)} kB CSS`,
);
console.log(
  `largest routes, with all that they fetch: ${lazy
    .slice(0, 6)
    .map((one) => `${one.name} ${one.size.toFixed(1)}`)
    .join(", ")} kB (at most ${ROUTE_KB_MAX})`,
);
const tooLarge = lazy.filter((one) => one.size > ROUTE_KB_MAX);
if (initial > INITIAL_KB_MAX || tooLarge.length > 0 || scripts.length === 0 || words.length < 2) {
  console.error("The size budget is broken. Load the heavy part lazily, or drop it.");
  process.exit(1);
}
