import { Button, Checkbox } from "@mantine/core";
import type { MatchRow } from "../../api/types";
import { formatDay, formatShare } from "../../format/format";
import { AvailabilityMark } from "../../parts/marks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import classes from "./ResultTable.module.css";
import type { Picks } from "./Shortlist";

interface Props {
  rows: MatchRow[];
  caption?: string;
  picks: Picks;
  onRequest?: (advocate: string) => void;
}

/** Account, industry and region; a hidden name stands for its account. */
const whereOf = (row: MatchRow) =>
  [row.name_masked ? null : row.account_name, row.industry, row.region].filter(Boolean).join(" · ");

/** The same matches, more to a screen. */
export function ResultTable({ rows, caption = text("find.results"), picks, onRequest }: Props) {
  const columns: Column<MatchRow>[] = [
    {
      key: "advocate",
      label: text("find.column.advocate"),
      cell: (row) => (
        <>
          <AppLink href={paths.advocate(row.advocate)}>{row.display_name}</AppLink>
          <div className={`meta ${classes.who}`} title={whereOf(row)}>
            {whereOf(row)}
          </div>
        </>
      ),
    },
    {
      key: "match",
      label: text("find.column.match"),
      align: "right",
      cell: (row) => (row.relevance === null ? "" : formatShare(row.relevance)),
    },
    {
      key: "fits",
      label: text("find.column.fits"),
      wide: true,
      cell: (row) => (
        <span className={classes.reasons}>
          {row.reasons
            .filter((reason) => reason.points > 0)
            .map((reason) => reason.words)
            .join(" · ")}
        </span>
      ),
    },
    {
      key: "availability",
      label: text("find.column.availability"),
      cell: (row) => <AvailabilityMark availability={row.availability} />,
    },
    {
      key: "verified",
      label: text("find.column.verified"),
      wide: true,
      cell: (row) => (
        <span className={classes.day}>
          {row.verified_on ? formatDay(row.verified_on) : text("find.never_verified")}
        </span>
      ),
    },
    {
      key: "pick",
      label: text("find.pick"),
      cell: (row) => (
        <Checkbox
          size="xs"
          aria-label={text("find.pick_for", { name: row.display_name })}
          checked={picks.ids.includes(row.advocate)}
          onChange={() => picks.toggle(row.advocate)}
        />
      ),
    },
  ];
  if (onRequest) {
    columns.push({
      key: "request",
      label: text("find.request"),
      cell: (row) => (
        <Button
          size="compact-sm"
          disabled={row.availability.state === "blocked"}
          aria-label={text("find.request_for", { name: row.display_name })}
          onClick={() => onRequest(row.advocate)}
        >
          {text("find.request")}
        </Button>
      ),
    });
  }
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={(row) => row.advocate} isCards />;
}
