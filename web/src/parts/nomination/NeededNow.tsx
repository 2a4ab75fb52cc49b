import { Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { targetsQuery } from "../../api/plan-queries";
import { formatMoneyShort } from "../../format/format";
import { text } from "../../text/text";
import layout from "../form.module.css";
import { canReadPlan, useSession } from "../session";

/** Targets that are shown: the form stays one that takes half a minute. */
const SHOWN_MAX = 3;
const NONE = "none";

interface Props {
  target: string | undefined;
  onChange: (target: string | undefined) => void;
}

/** The open recruiting targets that still need nominations, for whoever may know the plan. */
export function NeededNow({ target, onChange }: Props) {
  const session = useSession();
  const query = useQuery({ ...targetsQuery(), enabled: canReadPlan(session) });
  const needed = (query.data?.targets ?? [])
    .filter((one) => one.closed_at === null && (one.progress.nominations_needed ?? 0) > 0)
    .slice(0, SHOWN_MAX);
  if (needed.length === 0) return null;
  return (
    <Radio.Group
      label={text("nomination.needed")}
      description={text("nomination.needed_hint")}
      value={target ?? NONE}
      onChange={(next) => onChange(next === NONE ? undefined : next)}
    >
      <div className={layout.form}>
        {needed.map((one) => (
          <Radio
            key={one.id}
            value={one.id}
            label={one.labels.join(" × ")}
            description={text("nomination.needed_more", {
              count: one.progress.nominations_needed ?? 0,
              worth: formatMoneyShort({ amount: one.worth, currency: one.currency }),
            })}
          />
        ))}
        <Radio value={NONE} label={text("nomination.needed_none")} />
      </div>
    </Radio.Group>
  );
}
