//! Holds who may import whom: the arrows of the web app.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const source = "src";
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith("testing/"))
  .sort();

/** Rooms a room may look into. A feature never looks into another one. */
const mayImport: Record<string, string[]> = {
  api: ["api", "format", "text"],
  format: ["api/types", "text/language"],
  paths: ["paths", "api/types"],
  text: ["text"],
  theme: ["theme"],
  ui: ["ui", "text", "format", "theme", "paths/search", "api/problem", "api/session-ended"],
  parts: ["parts", "ui", "api", "format", "paths", "text", "theme"],
  features: ["ui", "parts", "api", "format", "paths", "text", "theme"],
  shell: ["shell", "ui", "parts", "api", "format", "paths", "text", "theme"],
  routes: ["routes", "shell", "features", "api", "paths", "text/catalogue"],
};

function importsOf(file: string): string[] {
  const written = readFileSync(join(source, file), "utf8");
  return Array.from(written.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g), ([, path = ""]) =>
    relative(source, join(source, dirname(file), path)),
  );
}

const roomOf = (path: string) =>
  path
    .split("/")
    .slice(0, path.startsWith("features/") ? 2 : 1)
    .join("/");

describe("walls", () => {
  it("there are files to judge", () => expect(files.length).toBeGreaterThan(60));

  it("each room imports only from the rooms it may", () => {
    const broken = files.flatMap((file) => {
      const room = roomOf(file);
      const allowed = room.startsWith("features/") ? [room, ...(mayImport.features ?? [])] : mayImport[room];
      if (!file.includes("/") || !allowed) return [];
      return importsOf(file)
        .filter((path) => !allowed.some((one) => path === one || path.startsWith(`${one}/`)))
        .map((path) => `${file} -> ${path}`);
    });
    expect(broken).toEqual([]);
  });

  it("ui says no business word", () => {
    const words = /\b(advocate|opportunit|candidate|reference|account|seller)/i;
    const said = files.filter(
      (file) => file.startsWith("ui/") && words.test(readFileSync(join(source, file), "utf8")),
    );
    expect(said).toEqual([]);
  });

  it("no file is longer than 400 lines, the generated schema aside", () => {
    const long = files.filter(
      (file) => file !== "api/schema.ts" && readFileSync(join(source, file), "utf8").split("\n").length > 400,
    );
    expect(long).toEqual([]);
  });

  it("addresses are spelled in one place only", () => {
    const spelled = files.filter(
      (file) =>
        !/^(paths|routes|api)\//.test(file) &&
        /(?:href|to)=?[{:]?\s*["'`]\/(?!favicon)[a-z]/.test(readFileSync(join(source, file), "utf8")),
    );
    expect(spelled).toEqual([]);
  });
});
