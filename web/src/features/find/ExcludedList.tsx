import { Button } from "@mantine/core";
import { useState } from "react";
import type { ExcludedAdvocate } from "../../api/types";
import { formatShare } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";
import classes from "./Workbench.module.css";

/** Rows that are shown before somebody asks for more. */
const SHOWN = 8;

/** Who is not in the ranking, what fits best first, with everything that stands in the way. */
export function ExcludedList({ rows }: { rows: ExcludedAdvocate[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const folded = rows.length - shown.length;
  return (
    <Section title={text("workbench.excluded")}>
      {rows.length === 0 ? (
        <Empty title={text("workbench.excluded_none")} why={text("workbench.excluded_none_why")} />
      ) : (
        <>
          <p className="soft">{text("workbench.excluded_why")}</p>
          <DataTable
            caption={text("workbench.excluded")}
            columns={columns()}
            rows={shown}
            rowKey={(row) => row.advocate}
          />
          {folded > 0 ? (
            <Button variant="default" className={classes.more} onClick={() => setAll(true)}>
              {text("workbench.excluded_more", { count: folded })}
            </Button>
          ) : null}
        </>
      )}
    </Section>
  );
}

const columns = (): Column<ExcludedAdvocate>[] => [
  {
    key: "advocate",
    label: text("find.column.advocate"),
    cell: (row) => (
      <>
        <AppLink href={paths.advocate(row.advocate)}>{row.display_name}</AppLink>
        {row.name_masked ? null : <div className="meta">{row.account_name}</div>}
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
    key: "why",
    label: text("workbench.why"),
    cell: (row) => (
      <ul>
        {row.excluded_by.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    ),
  },
  {
    key: "fits",
    label: text("find.column.fits"),
    wide: true,
    cell: (row) =>
      row.reasons
        .filter((reason) => reason.points > 0)
        .map((reason) => reason.words)
        .join(" · "),
  },
];
