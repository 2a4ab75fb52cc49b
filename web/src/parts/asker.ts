//! Who asks behind a link, as a customer or a buyer reads it.

import "../text/links";
import { text } from "../text/text";

interface Asker {
  asked_by: string;
  company?: string | null;
}

/** "Dana Reyes at Brightwater"; the name alone until the program says which company it is. */
export function askerOf(view: Asker): string {
  return view.company
    ? text("answers.asker_company", { asker: view.asked_by, company: view.company })
    : view.asked_by;
}
