//! Whom a buyer reads about behind a link.

import { text } from "../../text/text";

interface Spoken {
  title?: string | null;
  account_name?: string | null;
}

/** "the CIO at Meridian Health"; never a name. */
export function whoWords({ title, account_name: account }: Spoken): string {
  if (!account) return text("slots.who_nobody");
  return title ? text("slots.who_title", { title, account }) : text("slots.who_account", { account });
}
