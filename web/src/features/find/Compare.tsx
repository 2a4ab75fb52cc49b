import { Button } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { advocateQuery } from "../../api/queries";
import type { Advocate, MatchRow } from "../../api/types";
import { formatDay, formatShare } from "../../format/format";
import { activityName } from "../../parts/activity";
import { AvailabilityMark } from "../../parts/marks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, Loading } from "../../ui/states";
import classes from "./Compare.module.css";
import type { Picks } from "./Shortlist";

interface Props {
  opened: boolean;
  picks: Picks;
  onClose: () => void;
  onRequest?: (advocate: string) => void;
}

/** The shortlisted advocates side by side. */
export function Compare({ opened, picks, onClose, onRequest }: Props) {
  return (
    <SidePanel title={text("find.compare_title")} opened={opened} onClose={onClose} size={1080}>
      {opened ? <Table picks={picks} onRequest={onRequest} /> : null}
    </SidePanel>
  );
}

interface Compared {
  advocate: Advocate;
  /** Absent for one that no answer of this visit showed. */
  row: MatchRow | undefined;
}

function Table({ picks, onRequest }: Pick<Props, "picks" | "onRequest">) {
  const loaded = useQueries({ queries: picks.ids.map((id) => advocateQuery(id)) });
  const failed = loaded.find((one) => one.isError);
  if (failed) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  const compared: Compared[] = [];
  for (const one of loaded) {
    if (one.data) compared.push({ advocate: one.data, row: picks.rows.get(one.data.id) });
  }
  if (compared.length < picks.ids.length) return <Loading rows={8} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.frame} tabIndex={0} aria-label={text("find.compare_title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{text("find.column.advocate")}</th>
            {compared.map(({ advocate }) => (
              <th key={advocate.id} scope="col">
                <AppLink href={paths.advocate(advocate.id)}>{advocate.display_name}</AppLink>
                <div className="meta">{advocate.account?.name}</div>
                {onRequest ? (
                  <Button
                    size="compact-sm"
                    disabled={advocate.availability?.state === "blocked"}
                    aria-label={text("find.request_for", { name: advocate.display_name })}
                    onClick={() => onRequest(advocate.id)}
                  >
                    {text("find.request")}
                  </Button>
                ) : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => (
            <tr key={line.label()}>
              <th scope="row">{line.label()}</th>
              {compared.map((one) => (
                <td key={one.advocate.id}>{line.cell(one) || text("state.none")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const LINES: { label: () => string; cell: (one: Compared) => ReactNode }[] = [
  {
    label: () => text("find.column.match"),
    cell: ({ row }) => (typeof row?.relevance === "number" ? formatShare(row.relevance) : null),
  },
  {
    label: () => text("find.compare_reason"),
    cell: ({ row }) =>
      row && row.reasons.length > 0 ? (
        <ul>
          {row.reasons.map((reason) => (
            <li key={reason.criterion} className={reason.points > 0 ? undefined : "soft"}>
              {reason.words}
            </li>
          ))}
        </ul>
      ) : null,
  },
  {
    label: () => text("find.column.availability"),
    cell: ({ advocate, row }) => {
      const availability = row?.availability ?? advocate.availability;
      return availability ? <AvailabilityMark availability={availability} /> : null;
    },
  },
  { label: () => text("find.column.industry"), cell: ({ row }) => row?.industry },
  { label: () => text("find.column.region"), cell: ({ row }) => row?.region },
  {
    label: () => text("find.compare_activities"),
    cell: ({ advocate }) => advocate.activities.map((one) => activityName(one.activity)).join(" · "),
  },
  {
    label: () => text("find.compare_load"),
    cell: ({ row }) => (row ? text(`find.load.${row.load}`) : null),
  },
  {
    label: () => text("find.column.verified"),
    cell: ({ advocate }) =>
      advocate.verified_on ? formatDay(advocate.verified_on) : text("find.never_verified"),
  },
  { label: () => text("find.compare_story"), cell: ({ advocate }) => advocate.headline ?? advocate.story },
];
