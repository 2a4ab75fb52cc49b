import { Button } from "@mantine/core";
import { IconExternalLink, IconFileText, IconPlayerPlay, IconQuote } from "@tabler/icons-react";
import { useState } from "react";
import type { ContentRow } from "../api/types";
import { text } from "../text/text";
import classes from "./ContentList.module.css";

const SHOWN_AT_FIRST = 5;

/** Content that can be used now, before a person is spent: the best first, the rest on demand. */
export function ContentList({ rows }: { rows: ContentRow[] }) {
  const [isWhole, setWhole] = useState(false);
  const left = rows.length - SHOWN_AT_FIRST;
  return (
    <>
      <Rows rows={isWhole ? rows : rows.slice(0, SHOWN_AT_FIRST)} />
      {left > 0 && !isWhole ? (
        <div>
          <Button size="xs" variant="default" onClick={() => setWhole(true)}>
            {text("list.more_rows", { shown: left })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Rows({ rows }: { rows: ContentRow[] }) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.id} className={classes.row}>
          <ContentIcon row={row} />
          <div className={classes.words}>
            <ContentTitle row={row} />
            <div className="meta">
              {[
                text(`content_kind.${row.kind}`),
                row.stage ? text(`deal_stage.${row.stage}`) : null,
                row.account_name,
              ]
                .filter(Boolean)
                .join(" · ")}
            </div>
            {row.excerpt ? <p className="soft">{row.excerpt}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Only web addresses become links: a stored address may hold anything. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) || /^\/(?![/\\])/.test(url);
}

export function ContentTitle({ row }: { row: ContentRow }) {
  if (!row.url || !isWebAddress(row.url)) return <span className={classes.title}>{row.title}</span>;
  return (
    <a href={row.url} target="_blank" rel="noreferrer" className={classes.title}>
      {row.title} <IconExternalLink size={13} aria-hidden="true" />
    </a>
  );
}

export function ContentIcon({ row }: { row: ContentRow }) {
  const Icon =
    row.kind === "video" || row.kind === "recording" || row.kind === "webinar"
      ? IconPlayerPlay
      : row.kind === "quote" || row.kind === "review"
        ? IconQuote
        : IconFileText;
  return <Icon size={16} aria-hidden="true" className={classes.icon} />;
}
