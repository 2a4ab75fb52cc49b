import "../../text/administration";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { protectionPreviewQuery } from "../../api/lock-rules";
import type { Protection, StoppedUse } from "../../api/types";
import { formatDay } from "../../format/format";
import { activityName } from "../../parts/activity";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";

interface Props {
  /** The rules that hold, and as they stand in the form. */
  held: Protection;
  tried: Protection;
}

/** What other rules would have stopped in the last quarter; nothing while nothing differs. */
export function ProtectionPreview({ held, tried }: Props) {
  const [rules] = useDebouncedValue(tried, 400);
  const isOther = JSON.stringify(rules) !== JSON.stringify(held);
  const query = useQuery({ ...protectionPreviewQuery(rules), enabled: isOther });
  if (!isOther) return null;
  if (query.isPending) return <Loading rows={3} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { uses, stopped, stopped_now, rows } = query.data;
  return (
    <>
      <p className="soft" aria-live="polite">
        {text("settings.rule_preview.sentence", { uses, stopped, now: stopped_now })}
      </p>
      {rows.length > 0 ? (
        <DataTable
          caption={text("settings.rule_preview.caption")}
          isCards
          columns={columns()}
          rows={rows}
          rowKey={(row) => `${row.advocate_id} ${row.used_on} ${row.activity}`}
        />
      ) : null}
    </>
  );
}

const columns = (): Column<StoppedUse>[] => [
  {
    key: "who",
    label: text("settings.rule_preview.who"),
    cell: (row) => <AppLink href={paths.advocate(row.advocate_id)}>{row.display_name}</AppLink>,
  },
  {
    key: "what",
    label: text("settings.rule_preview.what"),
    cell: (row) => `${activityName(row.activity)}, ${formatDay(row.used_on)}`,
  },
  { key: "why", label: text("settings.rule_preview.why"), cell: (row) => row.why },
];
