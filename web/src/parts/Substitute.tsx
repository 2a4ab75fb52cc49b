//! Content that may answer the buyer before a customer is asked, or in their place.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dealMatchesQuery } from "../api/queries";
import type { Activity, ContentRow } from "../api/types";
import { text } from "../text/text";
import { Section } from "../ui/Section";
import { ContentList } from "./ContentList";
import { type Instead, InsteadSheet } from "./InsteadSheet";
import classes from "./RequestSheet.module.css";
import { SendableContent } from "./SendableContent";
import { canShare, useSession } from "./session";

/** More would be a library, not a hint. */
const SHOWN_MAX = 2;

interface Props {
  deal: string | undefined;
  activity: Activity;
  /** Content that was found already. */
  content?: ContentRow[];
  instead: Instead;
  /** Whether content may still answer it; a link that was just made stays in sight after that. */
  isOffered?: boolean;
  /** A part of a page of its own, instead of a part of a sheet. */
  isCard?: boolean;
}

export function Substitute({
  deal,
  activity,
  content = [],
  instead,
  isOffered = true,
  isCard = false,
}: Props) {
  const session = useSession();
  const [sending, setSending] = useState<ContentRow | null>(null);
  const query = useQuery({
    ...dealMatchesQuery(deal ?? "", { activity, only_available: true }),
    enabled: deal !== undefined && isOffered,
    retry: false,
  });
  // A line each: the page is for asking, and each title leads to the whole.
  const rows = (query.data?.content ?? content).slice(0, SHOWN_MAX).map((row) => ({ ...row, excerpt: "" }));
  const start = (row: ContentRow) => {
    if (instead.isReady()) setSending(row);
  };
  const title = text("requests.outlook.substitute");
  const offer = (
    <>
      <p className="soft">{text("requests.outlook.substitute_why")}</p>
      {deal ? (
        <ContentList rows={rows} isInstead onShare={canShare(session) ? start : undefined} />
      ) : (
        <SendableContent rows={rows} />
      )}
    </>
  );
  const framed = isCard ? (
    <Section title={title}>{offer}</Section>
  ) : (
    <section className={classes.substitute} aria-label={title}>
      <h3>{title}</h3>
      {offer}
    </section>
  );
  return (
    <>
      {isOffered && rows.length > 0 ? framed : null}
      <InsteadSheet content={sending} instead={instead} onClose={() => setSending(null)} />
    </>
  );
}
