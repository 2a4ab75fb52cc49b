// Holds the budget of the first load and of each route: gzip kilobytes of what the browser fetches.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const INITIAL_KB_MAX = 250;
const CHUNK_KB_MAX = 80;

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
const lazy = readdirSync(new URL("assets/", dist))
  .map((name) => `assets/${name}`)
  .filter((name) => name.endsWith(".js") && !scripts.includes(name) && !words.includes(name))
  .map((name) => ({ name, size: kilobytes(name) }))
  .sort((one, other) => other.size - one.size);

console.log(
  `first load: ${initial.toFixed(1)} kB JS in ${scripts.length} files and the words of a language (at most ${INITIAL_KB_MAX}), ${sum(styles).toFixed(1)} kB CSS`,
);
console.log(
  `largest lazy chunks: ${lazy
    .slice(0, 6)
    .map((one) => `${one.name.replace("assets/", "")} ${one.size.toFixed(1)}`)
    .join(", ")} kB (at most ${CHUNK_KB_MAX})`,
);
const tooLarge = lazy.filter((one) => one.size > CHUNK_KB_MAX);
if (initial > INITIAL_KB_MAX || tooLarge.length > 0 || scripts.length === 0 || words.length < 2) {
  console.error("The size budget is broken. Load the heavy part lazily, or drop it.");
  process.exit(1);
}
