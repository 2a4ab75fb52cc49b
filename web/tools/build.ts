//! What the build writes besides the bundle: where the words of each language are, and the worker with its files.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

const isChunk = (one: Bundle[string]): one is Chunk => one.type === "chunk";

/** Writes into the page where the words of each language are, so that they come together with the program. */
export const whereWordsAre: Plugin = {
  name: "where-words-are",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle }) {
      const found = Object.values(bundle ?? {})
        .filter(isChunk)
        .flatMap((chunk) => {
          const of = /\/text\/(..)\/\1\.ts$/.exec(chunk.facadeModuleId ?? "")?.[1];
          return of ? [` data-words-${of}="/${chunk.fileName}"`] : [];
        });
      return html.replace("<html", `<html${found.sort().join("")}`);
    },
  },
};

/** The pages that open without a connection, and what the frame around them opens. */
const PAGES =
  /\/(index\.html|features\/(home\/HomePage|requests\/Requests?Page)\.tsx|shell\/(InboxItems|UserMenuItems)\.tsx)$/;
const WORDS = /\/text\/(en|de)\//;
const FONTS = /\/inter-latin(-ext)?-wght-normal[^/]*\.woff2$/;
const AT_THE_ROOT = ["/", "/theme.js", "/favicon.svg", "/manifest.webmanifest", "/icon-192.png"];

/** Writes `worker.js` with the files that it keeps; its digest changes with any of them. */
export const offlineWorker: Plugin = {
  name: "offline-worker",
  apply: "build",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const files = [...AT_THE_ROOT, ...neededFor(bundle)];
      const theme = readFileSync("public/theme.js");
      const worker = readFileSync("worker.js", "utf8");
      const digest = createHash("sha256").update(files.join()).update(theme).update(worker).digest("hex");
      const source = worker
        .replace("__DIGEST__", digest.slice(0, 16))
        .replace("__FILES__", JSON.stringify(files, null, 2));
      this.emitFile({ type: "asset", fileName: "worker.js", source });
    },
  },
};

/** Everything that the pages load before they show anything, and the words and letters that they show. */
function neededFor(bundle: Bundle): string[] {
  const needed = new Set<string>();
  const add = (name: string) => {
    const chunk = bundle[name];
    if (needed.has(name) || !chunk || !isChunk(chunk)) return;
    needed.add(name);
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) needed.add(sheet);
    for (const other of chunk.imports) add(other);
    for (const other of chunk.dynamicImports) {
      const lazy = bundle[other];
      if (lazy && isChunk(lazy) && WORDS.test(lazy.facadeModuleId ?? "")) add(other);
    }
  };
  for (const chunk of Object.values(bundle)) {
    if (isChunk(chunk) && PAGES.test(chunk.facadeModuleId ?? "")) add(chunk.fileName);
  }
  const fonts = Object.keys(bundle).filter((name) => FONTS.test(`/${name}`));
  return [...needed, ...fonts].map((name) => `/${name}`).sort();
}
