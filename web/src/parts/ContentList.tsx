import { Button } from "@mantine/core";
import { IconFileText, IconPlayerPlay, IconQuote, IconSend } from "@tabler/icons-react";
import type { ContentRow } from "../api/types";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import classes from "./ContentList.module.css";

interface Props {
  rows: ContentRow[];
  /** Offers to send a piece to a buyer. */
  onShare?: (row: ContentRow) => void;
  /** Sent in place of a customer: it answers the request. */
  isInstead?: boolean;
}

/** Content that can be used now, before a person is spent. */
export function ContentList({ rows, onShare, isInstead = false }: Props) {
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.id} className={classes.row}>
          <ContentIcon row={row} />
          <div className={classes.words}>
            <ContentTitle row={row} />
            <div className="meta">{contentFacts(row)}</div>
            {row.excerpt ? <p className={`soft ${classes.excerpt}`}>{row.excerpt}</p> : null}
          </div>
          {onShare && maySend(row) ? <SendButton row={row} onShare={onShare} isInstead={isInstead} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** Kind, stage and customer in one line. */
export function contentFacts(row: ContentRow): string {
  return [
    text(`content_kind.${row.kind}`),
    row.stage ? text(`deal_stage.${row.stage}`) : null,
    row.account_name,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Whether a buyer may get it today, as far as its row tells; the server decides. */
export function maySend(row: ContentRow): boolean {
  return row.state === "approved" && row.audience !== "internal" && row.consent_stands;
}

interface SendButtonProps {
  row: ContentRow;
  onShare: (row: ContentRow) => void;
  isInstead?: boolean;
}

export function SendButton({ row, onShare, isInstead = false }: SendButtonProps) {
  return (
    <Button
      className={classes.send}
      size="compact-sm"
      variant="default"
      leftSection={<IconSend size={14} aria-hidden="true" />}
      aria-label={text(isInstead ? "requests.content.send_this" : "content.share_this", { title: row.title })}
      onClick={() => onShare(row)}
    >
      {text(isInstead ? "requests.content.send" : "content.share_short")}
    </Button>
  );
}

export function ContentTitle({ row }: { row: ContentRow }) {
  return (
    <AppLink href={paths.contentPiece(row.id)} className={classes.title}>
      {row.title}
    </AppLink>
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
