import "../../text/administration";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
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
import { rulesFor } from "./rules";

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
  const nothing =
    program.length + protection.length + locks.length + fulfilment.length + activities.length === 0;
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
      ) : nothing ? (
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
        <>
          <ProgramForm setting={query.data.program} shown={program} isReadOnly={isReadOnly} />
          <ProtectionForm setting={query.data.protection} shown={protection} isReadOnly={isReadOnly} />
          <LockRulesForm setting={query.data.lock_rules} shown={locks} isReadOnly={isReadOnly} />
          <FulfilmentForm
            setting={query.data.fulfilment}
            isShown={fulfilment.length > 0}
            isReadOnly={isReadOnly}
          />
          <ActivityRulesForm
            setting={query.data.protection}
            isShown={activities.length > 0}
            isReadOnly={isReadOnly}
          />
        </>
      )}
    </Page>
  );
}
