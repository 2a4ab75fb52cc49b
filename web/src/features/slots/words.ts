//! Whom a buyer reads about behind a link: who arranged it, and whom they speak to.

import { text } from "../../text/text";

interface Arranged {
  asked_by: string;
  company?: string | null;
  title?: string | null;
  account_name?: string | null;
}

/** "Dana Reyes at Brightwater"; the name alone until the program says which company it is. */
export function askerOf(view: Arranged): string {
  return view.company
    ? text("slots.asker_company", { asker: view.asked_by, company: view.company })
    : view.asked_by;
}

/** "the CIO at Meridian Health"; never a name. */
export function whoWords({ title, account_name: account }: Arranged): string {
  if (!account) return text("slots.who_nobody");
  return title ? text("slots.who_title", { title, account }) : text("slots.who_account", { account });
}
