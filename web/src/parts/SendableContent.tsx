import { useState } from "react";
import type { ContentRow } from "../api/types";
import { ContentList } from "./ContentList";
import { ShareSheet } from "./ShareSheet";
import { canShare, useSession } from "./session";

interface Props {
  rows: ContentRow[];
  /** Known where it is shown for a deal. */
  deal?: { id: string; name: string };
}

/** Content beside an answer, each piece with the way to a buyer: it spares a person. */
export function SendableContent({ rows, deal }: Props) {
  const session = useSession();
  const [sending, setSending] = useState<ContentRow | null>(null);
  return (
    <>
      <ContentList rows={rows} onShare={canShare(session) ? setSending : undefined} />
      <ShareSheet content={sending} deal={deal} onClose={() => setSending(null)} />
    </>
  );
}
