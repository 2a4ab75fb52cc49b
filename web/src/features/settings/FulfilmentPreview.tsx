import "../../text/administration";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { fulfilmentPreviewQuery } from "../../api/fulfilment";
import type { FulfilmentPolicy, TriedAsk } from "../../api/types";
import { formatDay } from "../../format/format";
import { activityName } from "../../parts/activity";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";

interface Props {
  /** The policy that holds, and as it stands in the form. */
  held: FulfilmentPolicy;
  tried: FulfilmentPolicy;
}

/** Which questions another policy would have skipped in the last quarter; nothing while nothing differs. */
export function FulfilmentPreview({ held, tried }: Props) {
  const [policy] = useDebouncedValue(tried, 400);
  const isOther = JSON.stringify(policy) !== JSON.stringify(held);
  const query = useQuery({ ...fulfilmentPreviewQuery(policy), enabled: isOther });
  if (!isOther) return null;
  if (query.isPending) return <Loading rows={3} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { asks, modes, modes_now, owner_declined, rows } = query.data;
  return (
    <>
      <p className="soft" aria-live="polite">
        {text("settings.fulfilment.preview", { asks, ...modes, now: modes_now.managed })}{" "}
        {owner_declined > 0 ? text("settings.fulfilment.preview_noes", { count: owner_declined }) : null}
      </p>
      {rows.length > 0 ? (
        <DataTable
          isCards
          caption={text("settings.fulfilment.preview_caption")}
          columns={columns()}
          rows={rows}
          rowKey={(row) => `${row.request_id} ${row.advocate_id}`}
        />
      ) : null}
    </>
  );
}

const columns = (): Column<TriedAsk>[] => [
  {
    key: "who",
    label: text("settings.rule_preview.who"),
    cell: (row) => <AppLink href={paths.request(row.request_id)}>{row.display_name}</AppLink>,
  },
  {
    key: "what",
    label: text("settings.rule_preview.what"),
    cell: (row) => `${activityName(row.activity)}, ${formatDay(row.asked_on)}`,
  },
  {
    key: "mode",
    label: text("settings.fulfilment.mode"),
    cell: (row) => text(`settings.fulfilment.modes.${row.mode}`),
  },
  {
    key: "owner",
    label: text("settings.fulfilment.preview_owner"),
    cell: (row) => (row.owner_declined ? text("settings.fulfilment.preview_no") : null),
  },
];
