//! Asking for a reference: prefilled, at most five fields, one sentence to type.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { advocateQuery } from "../api/queries";
import type { Activity, ContentRow, CriterionInput, Request } from "../api/types";
import { text } from "../text/text";
import { Initials, initialsOf } from "../ui/Initials";
import { SidePanel } from "../ui/SidePanel";
import { AvailabilityMark } from "./marks";
import { RequestForm } from "./RequestForm";
import { RequestSent } from "./RequestSent";
import classes from "./RequestSheet.module.css";
import { Substitute } from "./Substitute";

export interface RequestStart {
  /** The advocate to ask, or none: then the program team chooses by the criteria. */
  advocate?: string;
  opportunity?: string;
  opportunityName?: string;
  criteria?: CriterionInput[];
  activity?: Activity;
  needBy?: string | null;
  wanted?: number;
  note?: string;
  /** The draft that is gone on with. */
  draft?: { id: string; version: number };
  /** What can be used at once, shown after sending. */
  content?: ContentRow[];
}

interface Props {
  start: RequestStart | null;
  onClose: () => void;
}

export function RequestSheet({ start, onClose }: Props) {
  return (
    <SidePanel title={text("requests.sheet")} opened={start !== null} onClose={onClose}>
      {start ? <SheetBody key={start.advocate ?? "criteria"} start={start} onClose={onClose} /> : null}
    </SidePanel>
  );
}

function SheetBody({ start, onClose }: { start: RequestStart; onClose: () => void }) {
  const [advocate, setAdvocate] = useState(start.advocate);
  const [sent, setSent] = useState<Request | null>(null);
  if (sent) return <RequestSent request={sent} content={start.content ?? []} onClose={onClose} />;
  return (
    <div className={classes.sheet}>
      <Candidate advocate={advocate} />
      <Substitute start={start} />
      <RequestForm start={start} advocate={advocate} onSwap={setAdvocate} onSent={setSent} onKept={onClose} />
    </div>
  );
}

function Candidate({ advocate }: { advocate: string | undefined }) {
  const query = useQuery({ ...advocateQuery(advocate ?? ""), enabled: advocate !== undefined });
  if (!advocate) {
    return (
      <div className={classes.who}>
        <span>{text("requests.by_criteria")}</span>
      </div>
    );
  }
  const found = query.data;
  return (
    <div className={classes.who}>
      <Initials text={found ? initialsOf(found.account?.name ?? "") : ""} />
      <div className={classes.words}>
        <strong>{found?.display_name ?? text("state.loading")}</strong>
        {found ? (
          <span className="soft">{[found.title, found.account?.name].filter(Boolean).join(" · ")}</span>
        ) : null}
      </div>
      {found?.availability ? <AvailabilityMark availability={found.availability} /> : null}
    </div>
  );
}
