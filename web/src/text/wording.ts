/** The same keys as the English words, at every depth, each with a text of its own. */
export type Wording<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Wording<English[Key]>;
};
