import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { offlineWorker, whereWordsAre } from "./tools/build.ts";

/** Where the development server finds the API; the built app calls its own origin. */
const api = process.env.GOODWORD_API ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), whereWordsAre, offlineWorker],
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
