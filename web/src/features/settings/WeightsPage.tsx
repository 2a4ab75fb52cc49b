import "../../text/administration";
import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../../api/queries";
import { facetsQuery } from "../../api/taxonomy-queries";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditWeights, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Page } from "../../ui/Page";
import { Failed, Loading } from "../../ui/states";
import { WeightsForm } from "./WeightsForm";

/** How much each facet counts in a search, tried on the open deals before it is saved. */
export function WeightsPage() {
  const session = useSession();
  const settings = useQuery(settingsQuery());
  const facets = useQuery(facetsQuery());
  const failed = [settings, facets].find((query) => query.isError);
  return (
    <Page title={text("settings.weights.title")} lead={text("settings.weights.lead")}>
      <SettingsTabs />
      {settings.isSuccess && facets.isSuccess ? (
        <WeightsForm
          setting={settings.data.match_weights}
          facets={facets.data}
          isReadOnly={!canEditWeights(session)}
        />
      ) : failed ? (
        <Failed error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Loading rows={8} height={40} />
      )}
    </Page>
  );
}
