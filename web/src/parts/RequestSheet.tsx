//! Asking for a reference: prefilled, at most five fields, one sentence to type.

import { CloseButton } from "@mantine/core";
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

export interface RequestStart {
  /** Whom to ask, in this order, or nobody: then the program team chooses by the criteria. */
  advocates?: string[];
  opportunity?: string;
  opportunityName?: string;
  criteria?: CriterionInput[];
  activity?: Activity;
  needBy?: string | null;
  wanted?: number;
  note?: string;
  isQuota?: boolean;
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
      {start ? (
        <SheetBody key={start.advocates?.join() ?? "criteria"} start={start} onClose={onClose} />
      ) : null}
    </SidePanel>
  );
}

function SheetBody({ start, onClose }: { start: RequestStart; onClose: () => void }) {
  const [advocates, setAdvocates] = useState(start.advocates ?? []);
  const [sent, setSent] = useState<Request | null>(null);
  if (sent) return <RequestSent request={sent} content={start.content ?? []} onClose={onClose} />;
  return (
    <div className={classes.sheet}>
      <Candidates advocates={advocates} onChange={setAdvocates} />
      <RequestForm
        start={start}
        advocates={advocates}
        onSwap={(other) => setAdvocates([other])}
        onSent={setSent}
        onKept={onClose}
      />
    </div>
  );
}

/** Who is asked; where it is several, in which order, and each can be left out. */
function Candidates({ advocates, onChange }: { advocates: string[]; onChange: (next: string[]) => void }) {
  if (advocates.length === 0) {
    return (
      <div className={classes.who}>
        <span>{text("requests.by_criteria")}</span>
      </div>
    );
  }
  if (advocates.length === 1) return advocates.map((id) => <Candidate key={id} advocate={id} />);
  return (
    <div className={classes.several}>
      <ol aria-label={text("requests.several")}>
        {advocates.map((id) => (
          <li key={id}>
            <Candidate advocate={id} onDrop={() => onChange(advocates.filter((one) => one !== id))} />
          </li>
        ))}
      </ol>
      <p className="meta">{text("requests.several_why")}</p>
    </div>
  );
}

function Candidate({ advocate, onDrop }: { advocate: string; onDrop?: () => void }) {
  const found = useQuery(advocateQuery(advocate)).data;
  const name = found?.display_name ?? text("state.loading");
  return (
    <div className={classes.who}>
      <Initials text={found ? initialsOf(found.account?.name ?? "") : ""} />
      <div className={classes.words}>
        <strong>{name}</strong>
        {found && !found.name_masked ? (
          <span className="soft">{[found.title, found.account?.name].filter(Boolean).join(" · ")}</span>
        ) : null}
      </div>
      {found?.availability ? <AvailabilityMark availability={found.availability} /> : null}
      {onDrop ? <CloseButton aria-label={text("requests.leave_out", { name })} onClick={onDrop} /> : null}
    </div>
  );
}
