import { Select, Textarea } from "@mantine/core";
import { useState } from "react";
import type { AdvocateStatus, BulkField, ContentStatus, OpportunityStatus } from "../../api/types";
import { text } from "../../text/text";
import type { InputProps } from "./FieldInput";

const DEALS: readonly OpportunityStatus[] = ["open", "won", "lost"];
const CONTENT: readonly ContentStatus[] = ["draft", "approved", "retired"];
/** Where somebody can be moved to; nobody becomes a nominee again. */
const ADVOCATES: readonly AdvocateStatus[] = [
  "vetting",
  "invited",
  "onboarding",
  "active",
  "paused",
  "retired",
  "declined",
];
const NEED_REASON: readonly AdvocateStatus[] = ["paused", "retired", "declined"];

interface Props extends InputProps {
  field: "deal_status" | "content_status" | "advocate_status";
}

/** The status that the records move to; whether each may is for the server to say. */
export function StatusInput({ field, onChange }: Props) {
  switch (field) {
    case "deal_status":
      return (
        <StatusSelect
          statuses={DEALS}
          word={(one) => text(`opportunity_status.${one}`)}
          onChange={(status) => onChange(status ? { field, status } : null)}
        />
      );
    case "content_status":
      return (
        <StatusSelect
          statuses={CONTENT}
          word={(one) => text(`content_state.${one}`)}
          onChange={(to) => onChange(to ? { field, to } : null)}
        />
      );
    case "advocate_status":
      return <AdvocateMove onChange={onChange} />;
  }
}

function AdvocateMove({ onChange }: InputProps) {
  const [to, setTo] = useState<AdvocateStatus | null>(null);
  const needsReason = to !== null && NEED_REASON.includes(to);
  const put = (to: AdvocateStatus | null, written: string) => {
    const reason = written.trim() || null;
    const change: BulkField | null =
      to && (reason || !NEED_REASON.includes(to)) ? { field: "advocate_status", to, reason } : null;
    onChange(change);
  };
  return (
    <>
      <StatusSelect
        statuses={ADVOCATES}
        word={(one) => text(`advocate_status.${one}`)}
        onChange={(next) => {
          setTo(next);
          put(next, "");
        }}
      />
      {needsReason ? (
        <Textarea
          key={to}
          label={text("bulk.input.reason")}
          description={text("bulk.input.reason_why")}
          maxLength={1000}
          onBlur={(event) => put(to, event.currentTarget.value)}
        />
      ) : null}
    </>
  );
}

interface SelectProps<Status> {
  statuses: readonly Status[];
  word: (status: Status) => string;
  onChange: (status: Status | null) => void;
}

function StatusSelect<Status extends string>({ statuses, word, onChange }: SelectProps<Status>) {
  return (
    <Select
      label={text("bulk.input.status")}
      data={statuses.map((one) => ({ value: one as string, label: word(one) }))}
      onChange={(next) => onChange(statuses.find((one) => one === next) ?? null)}
    />
  );
}
