//! Which name is being typed after an `@`, as the server reads it: no word before the sign, no backslash.

/** Words of a name; more than three are rarely needed to find somebody. */
const TYPED = /(?:^|[^\p{L}\p{N}\\@])@((?:[^\s@]+ ?){0,3})$/u;

export interface Mention {
  /** Where the `@` stands. */
  at: number;
  /** What of the name is there. */
  words: string;
}

/** The name that ends at the caret, if one does. */
export function mentionAt(typed: string, caret: number): Mention | null {
  const words = TYPED.exec(typed.slice(0, caret))?.[1];
  return words === undefined ? null : { at: caret - words.length - 1, words };
}

/** The text with a name in place of what was typed of it, and where the caret stands then. */
export function withName(typed: string, caret: number, { at }: Mention, name: string) {
  const before = `${typed.slice(0, at)}@${name} `;
  return { typed: before + typed.slice(caret), caret: before.length };
}
