import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where the development server finds the API; the built app calls its own origin. */
const api = process.env.GOODWORD_API ?? "http://127.0.0.1:8080";

/** Writes into the page where the words of each language are, so that they come together with the program. */
const whereWordsAre: Plugin = {
  name: "where-words-are",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle }) {
      const found = Object.values(bundle ?? {}).flatMap((chunk) => {
        const of = chunk.type === "chunk" && /\/text\/(..)\/\1\.ts$/.exec(chunk.facadeModuleId ?? "")?.[1];
        return of ? [` data-words-${of}="/${chunk.fileName}"`] : [];
      });
      return html.replace("<html", `<html${found.sort().join("")}`);
    },
  },
};

export default defineConfig({
  plugins: [react(), whereWordsAre],
  build: {
    target: "es2022",
    // The content security policy grants no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": api } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    // Two cores, shared: parallel workers gain nothing and fight for memory.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
