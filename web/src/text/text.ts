//! The message catalogue: every word a person reads comes from here.

import { catalogue } from "./catalogue";
import type { account } from "./en/account";
import type { administration } from "./en/administration";
import type { asks } from "./en/asks";
import type { board } from "./en/board";
import type { bulk } from "./en/bulk";
import type { comments } from "./en/comments";
import type { duplicates } from "./en/duplicates";
import type { en } from "./en/en";
import type { help } from "./en/help";
import type { holds } from "./en/holds";
import type { homes } from "./en/homes";
import type { inbox } from "./en/inbox";
import type { links } from "./en/links";
import type { nomination } from "./en/nomination";
import type { plan } from "./en/plan";
import type { steward } from "./en/steward";
import type { trash } from "./en/trash";
import type { uses } from "./en/uses";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    // The words of some screens come with them, see account.ts, administration.ts, plan.ts, uses.ts,
    // duplicates.ts, bulk.ts, help.ts, homes.ts, inbox.ts, links.ts, trash.ts, steward.ts and nomination.ts.
    resources: {
      translation: typeof en &
        typeof administration &
        typeof links & {
          account: typeof account;
          plan: typeof plan;
          board: typeof board;
          comments: typeof comments;
          asks: typeof asks;
          holds: typeof holds;
          uses: typeof uses;
          duplicates: typeof duplicates;
          bulk: typeof bulk;
          steward: typeof steward;
          trash: typeof trash;
          nomination: typeof nomination;
          homes: typeof homes;
          inbox: typeof inbox;
          help: typeof help;
        };
    };
  }
}

/** A message by its key. Words arrive after modules are read: ask for them when they are shown. */
export const text = catalogue.t;
