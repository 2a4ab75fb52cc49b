import "../../text/administration";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { settingsQuery } from "../../api/queries";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditSettings, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { ActivityRulesForm } from "./ActivityRulesForm";
import { FulfilmentForm } from "./FulfilmentForm";
import { LockRulesForm } from "./LockRulesForm";
import { ProgramForm } from "./ProgramForm";
import { ProtectionForm } from "./ProtectionForm";
import classes from "./Rules.module.css";
import { GROUPS, type Group, rulesFor } from "./rules";

/** Every rule of the program: what holds, what the default is, and who changed it last. */
export function RulesPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/settings/rules" });
  const change = useSearchChange();
  const query = useQuery(settingsQuery());
  const asked = search.q ?? "";
  const isReadOnly = !canEditSettings(session);
  const program = rulesFor("program", asked);
  const protection = rulesFor("protection", asked);
  const locks = rulesFor("lock_rules", asked);
  const fulfilment = rulesFor("fulfilment", asked);
  const activities = rulesFor("activities", asked);
  const found = { program, protection, lock_rules: locks, fulfilment, activities };
  const groups = GROUPS.filter((group) => found[group].length > 0);
  const hash = useLocation({ select: (location) => location.hash });
  // A phone shows one group at a time, and all that a search finds.
  const open = asked ? undefined : (groups.find((group) => group === hash) ?? groups[0]);
  return (
    <Page title={text("settings.rules.title")} lead={text("settings.rules.lead")}>
      <SettingsTabs />
      <Filters>
        <SearchField
          label={text("settings.rules.search")}
          value={asked}
          onSearch={(q) => void change({ q: q || undefined }, { replace: true })}
        />
      </Filters>
      {query.isPending ? (
        <Loading rows={8} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : groups.length === 0 ? (
        <Empty
          title={text("settings.rules.empty_title")}
          why={text("settings.rules.empty_why")}
          next={
            <Button variant="default" onClick={() => void change({ q: undefined }, { replace: true })}>
              {text("list.show_all")}
            </Button>
          }
        />
      ) : (
        <div className={classes.parts}>
          {groups.length > 1 ? <Contents groups={groups} open={open} /> : null}
          <div className={classes.forms}>
            <Part of="program" open={open}>
              <ProgramForm setting={query.data.program} shown={program} isReadOnly={isReadOnly} />
            </Part>
            <Part of="protection" open={open}>
              <ProtectionForm setting={query.data.protection} shown={protection} isReadOnly={isReadOnly} />
            </Part>
            <Part of="lock_rules" open={open}>
              <LockRulesForm setting={query.data.lock_rules} shown={locks} isReadOnly={isReadOnly} />
            </Part>
            <Part of="fulfilment" open={open}>
              <FulfilmentForm
                setting={query.data.fulfilment}
                isShown={fulfilment.length > 0}
                isReadOnly={isReadOnly}
              />
            </Part>
            <Part of="activities" open={open}>
              <ActivityRulesForm
                setting={query.data.protection}
                isShown={activities.length > 0}
                isReadOnly={isReadOnly}
              />
            </Part>
          </div>
        </div>
      )}
    </Page>
  );
}

/** What the page holds, each a step away. */
function Contents({ groups, open }: { groups: Group[]; open: Group | undefined }) {
  return (
    <nav className={classes.contents} aria-label={text("settings.rules.contents")}>
      {groups.map((group) => (
        <a key={group} href={`#${group}`} data-open={group === open || undefined}>
          {text(`settings.group.${group}`)}
        </a>
      ))}
    </nav>
  );
}

function Part({ of, open, children }: { of: Group; open: Group | undefined; children: ReactNode }) {
  return (
    <div id={of} className={classes.part} data-folded={(open !== undefined && of !== open) || undefined}>
      {children}
    </div>
  );
}
