import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { KNOWN_FIELDS } from "../shell/known-fields";
import { account as accountDe } from "./de/account";
import { administration as administrationDe } from "./de/administration";
import { asks as asksDe } from "./de/asks";
import { board as boardDe } from "./de/board";
import { bulk as bulkDe } from "./de/bulk";
import { comments as commentsDe } from "./de/comments";
import { de } from "./de/de";
import { duplicates as duplicatesDe } from "./de/duplicates";
import { help as helpDe } from "./de/help";
import { holds as holdsDe } from "./de/holds";
import { homes as homesDe } from "./de/homes";
import { inbox as inboxDe } from "./de/inbox";
import { links as linksDe } from "./de/links";
import { nomination as nominationDe } from "./de/nomination";
import { plan as planDe } from "./de/plan";
import { steward as stewardDe } from "./de/steward";
import { trash as trashDe } from "./de/trash";
import { uses as usesDe } from "./de/uses";
import { account } from "./en/account";
import { administration } from "./en/administration";
import { asks } from "./en/asks";
import { board } from "./en/board";
import { bulk } from "./en/bulk";
import { comments } from "./en/comments";
import { duplicates } from "./en/duplicates";
import { en } from "./en/en";
import { help } from "./en/help";
import { holds } from "./en/holds";
import { homes } from "./en/homes";
import { inbox } from "./en/inbox";
import { links } from "./en/links";
import { nomination } from "./en/nomination";
import { plan } from "./en/plan";
import { steward } from "./en/steward";
import { trash } from "./en/trash";
import { uses } from "./en/uses";

const english = flat({
  ...en,
  ...administration,
  ...links,
  account,
  bulk,
  comments,
  duplicates,
  help,
  homes,
  inbox,
  nomination,
  plan,
  steward,
  trash,
  board,
  asks,
  holds,
  uses,
});
const german = flat({
  ...de,
  ...administrationDe,
  ...linksDe,
  account: accountDe,
  bulk: bulkDe,
  comments: commentsDe,
  duplicates: duplicatesDe,
  help: helpDe,
  homes: homesDe,
  inbox: inboxDe,
  nomination: nominationDe,
  plan: planDe,
  steward: stewardDe,
  trash: trashDe,
  board: boardDe,
  asks: asksDe,
  holds: holdsDe,
  uses: usesDe,
});

/** Every message by its whole key. */
function flat(words: object, at = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(at + key, value);
    else for (const [inner, message] of flat(value, `${at}${key}.`)) found.set(inner, message);
  }
  return found;
}

const placeholders = (message: string) =>
  Array.from(message.matchAll(/\{\{(.+?)\}\}/g), ([, name]) => name).sort();

/** Words that both languages have in common. */
const SHARED = new Set(
  `Name NPS Status Team Region Filter Domain Video Webinar Logo Podcast Import Token Plan Person System Link Deal
  Deals Details Segment Schema SQLite PostgreSQL Goodword in n`.split(/\s+/),
);

describe("words", () => {
  it("there are words to judge", () => expect(english.size).toBeGreaterThan(1500));

  it("both languages say the same things", () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("a message is told the same facts in both languages", () => {
    const differing = [...english].filter(
      ([key, message]) => String(placeholders(message)) !== String(placeholders(german.get(key) ?? "")),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it("what is counted has a word for one and a word for several", () => {
    const counted = [...english].filter(([, message]) => message.includes("{{count}}")).map(([key]) => key);
    const lone = counted.filter(
      (key) =>
        (key.endsWith("_one") && !english.has(key.replace(/_one$/, "_other"))) ||
        (key.endsWith("_other") && !english.has(key.replace(/_other$/, "_one"))),
    );
    expect(lone).toEqual([]);
  });

  it("German is German", () => {
    const left = [...german].filter(([key, message]) => {
      const words = message.replace(/\{\{.+?\}\}/g, "").match(/\p{L}+/gu) ?? [];
      return english.get(key) === message && !words.every((word) => SHARED.has(word));
    });
    expect(left.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });

  it("German speaks to people as Sie, and quotes as German does", () => {
    const familiar = [...german].filter(([, message]) =>
      /\b(du|dein|deine|dich|dir|Du|Dein)\b|“[^“”]*”|"/.test(message),
    );
    expect(familiar.map(([key]) => key)).toEqual([]);
  });
});

describe("help on a field", () => {
  it("is never hidden by that on another field of the same name, in either language", () => {
    for (const words of [english, german]) {
      const hidden = KNOWN_FIELDS.filter(([label, help, place = ""]) => {
        const first = KNOWN_FIELDS.find(
          ([other, , at = ""]) => words.get(other) === words.get(label) && place.includes(at),
        );
        return first?.[1] !== help;
      });
      expect(hidden).toEqual([]);
    }
  });

  it("is of a field that has a name, and no help is left without one", () => {
    expect(KNOWN_FIELDS.filter(([label]) => !english.has(label))).toEqual([]);
    const used = new Set<string>(KNOWN_FIELDS.map(([, key]) => key));
    const general = /^help\.(this_field|nothing_more|required|a_day|an_email|min|max|choose)/;
    const left = [...english.keys()].filter((key) => key.startsWith("help.") && !used.has(key));
    expect(left.filter((key) => !general.test(key))).toEqual([]);
  });
});

describe("when words are read", () => {
  it("no module keeps a word from when it loaded, since words arrive later", () => {
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\.|^testing\//.test(name),
    );
    const keeping = files.filter((name) =>
      readFileSync(join("src", name), "utf8")
        .split(/\n(?=[^\s)\]}])/)
        .some(
          (statement) =>
            /^(export )?const /.test(statement) && statement.split("=>", 1)[0]?.includes("text("),
        ),
    );
    expect(keeping).toEqual([]);
  });
});

/** Words that come with the screens that say them, by the first part of their keys. */
const COMING = {
  administration: Object.keys(administration),
  bulk: ["bulk"],
  duplicates: ["duplicates"],
  help: ["help"],
  links: Object.keys(links),
  nomination: ["nomination"],
  plan: ["plan"],
  trash: ["trash"],
  uses: ["uses"],
};

const sources = new Map(
  readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^testing\//.test(name))
    .map((name) => [name, readFileSync(join("src", name), "utf8")]),
);

/** The files that `pattern` finds in one, by their names in `src`. */
function named(file: string, pattern: RegExp): string[] {
  return Array.from(sources.get(file)?.matchAll(pattern) ?? [], ([, path = ""]) => {
    const at = join(dirname(file), path);
    return [`${at}.ts`, `${at}.tsx`].find((name) => sources.has(name)) ?? at;
  });
}

/** A file and all that loads with it. */
function together(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !sources.has(file)) return found;
  found.add(file);
  for (const other of named(file, /(?:from|^import)\s+"(\.[^"]+)"/gm)) together(other, found);
  return found;
}

describe("words that come with a screen", () => {
  it("are asked for by what is loaded with the files that say them", () => {
    const lazy = [...sources.keys()].flatMap((file) => named(file, /import\(\s*"(\.[^"]+)"/g));
    const parts = lazy.filter((file) => sources.has(file) && !file.startsWith("text/"));
    expect(parts.length).toBeGreaterThan(30);
    const lacking = ["main.tsx", ...parts].flatMap((part) => {
      const files = [...together(part)];
      const written = files.filter((file) => !file.startsWith("text/")).map((file) => sources.get(file));
      return Object.entries(COMING)
        .filter(([, keys]) => new RegExp(`text\\(["\`](${keys.join("|")})\\.`).test(written.join()))
        .filter(([group]) => !files.includes(`text/${group}.ts`))
        .map(([group]) => `${part} lacks text/${group}`);
    });
    expect(lacking).toEqual([]);
  });
});
