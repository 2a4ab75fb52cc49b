//! Holds every write to one promise: when it fails, the screen says so. Walks the source, so that a form
//! that is written tomorrow is held to it, too.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith("testing/"))
  .map((name) => ({ name, written: readFileSync(join("src", name), "utf8") }));

/** What says nothing when it fails, and why that is right. */
const QUIET: Record<string, string> = {
  "features/inbox/use-acts.ts useOpened": "the entry stays unread, and its record opens all the same",
  "shell/InboxItems.tsx readOne": "the entry stays unread, and its record opens all the same",
};

/** The text between a bracket and the one that closes it. */
function inside(written: string, open: number): string {
  let depth = 0;
  for (let at = open; at < written.length; at += 1) {
    if (written[at] === "(") depth += 1;
    if (written[at] === ")") depth -= 1;
    if (depth === 0) return written.slice(open + 1, at);
  }
  return "";
}

interface Write {
  file: string;
  /** What holds the result: a variable, or the hook that hands it out. */
  name: string;
  isSaid: boolean;
}

/** Shows it, or hands it to something that waits for the end and shows it, such as a question before the act. */
const says = (written: string, name: string) =>
  new RegExp(`\\b${name}\\.(error|isError|mutateAsync)\\b`).test(written);

function writesOf({ name: file, written }: (typeof files)[number]): Write[] {
  return Array.from(written.matchAll(/useMutation\(/g), (found) => {
    const options = inside(written, found.index + found[0].length - 1);
    const before = written.slice(0, found.index);
    const variable = /const (\w+) = $/.exec(before)?.[1];
    if (variable) return { file, name: variable, isSaid: /onError/.test(options) || says(written, variable) };
    const hook = Array.from(before.matchAll(/function (\w+)\(/g), ([, name = ""]) => name).at(-1) ?? "?";
    return { file, name: hook, isSaid: /onError/.test(options) || isSaidByCallers(hook) };
  });
}

/** Whether whoever takes a write from a hook says its failures, each of them. */
function isSaidByCallers(hook: string): boolean {
  const callers = files.flatMap(({ written }) =>
    Array.from(written.matchAll(new RegExp(`const (\\w+) = ${hook}\\(`, "g")), ([, name = ""]) =>
      says(written, name),
    ),
  );
  return callers.length > 0 && callers.every(Boolean);
}

describe("writes", () => {
  const writes = files.flatMap(writesOf);
  const keyOf = ({ file, name }: Write) => `${file} ${name}`;

  it("there are writes to judge", () => expect(writes.length).toBeGreaterThan(80));

  it("each says when it fails", () => {
    const silent = writes.filter((write) => !write.isSaid && !(keyOf(write) in QUIET));
    expect(silent.map(keyOf)).toEqual([]);
  });

  it("each that is left out is one, and silent", () => {
    const silent = writes.filter((write) => !write.isSaid).map(keyOf);
    expect(Object.keys(QUIET).filter((key) => !silent.includes(key))).toEqual([]);
  });
});
