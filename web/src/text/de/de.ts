//! German, as a German company writes to its own people and customers: "Sie", sentence case, one word for each thing.
//!
//! | English | German | |
//! |---|---|---|
//! | advocate | Referenzgeber | the person; "Kunde" is the company |
//! | opportunity, deal | Deal | |
//! | account | Unternehmen | an account to sign in with is a "Konto" |
//! | owner | Betreuung | of a customer, as a role "Kundenbetreuung"; of a deal "Zuständig" |
//! | request, ask | Anfrage, anfragen | |
//! | use | Einsatz | a reference that took place |
//! | nominate, propose | nominieren, vorschlagen | an advocate, a candidate |
//! | recruiting | Gewinnung | |
//! | content | Inhalt, Inhalte | |
//! | consent | Einwilligung | |
//! | verified | bestätigt | |
//! | rest, cap, limit, lock, gate | Ruhezeit, Obergrenze, Grenze, Sperre, Voraussetzung | |
//! | rush, override | eilig, Ausnahme | |
//! | facet, term, tag | Merkmal, Begriff, Schlagwort | |
//! | money at risk, covered | gefährdetes Volumen, gedeckt | |
//! | need, demand, unmet demand | Bedarf, Nachfrage, ungedeckter Bedarf | |
//! | grade | Bewertung | |

import { accounts } from "./accounts";
import { advocates } from "./advocates";
import { approvals } from "./approvals";
import { common } from "./common";
import { content } from "./content";
import { demand } from "./demand";
import { find } from "./find";
import { home } from "./home";
import { lists } from "./lists";
import { load } from "./load";
import { metric } from "./metric";
import { opportunities } from "./opportunities";
import { problem } from "./problem";
import { recruiting } from "./recruiting";
import { requests } from "./requests";
import { session } from "./session";
import { shell } from "./shell";
import { users } from "./users";
import { words } from "./words";
import { workbench } from "./workbench";

export const de = {
  ...common,
  ...words,
  ...lists,
  accounts,
  advocates,
  approvals,
  content,
  demand,
  load,
  find,
  home,
  metric,
  opportunities,
  problem,
  recruiting,
  requests,
  session,
  shell,
  users,
  workbench,
} as const;
