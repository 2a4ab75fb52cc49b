import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { calculatorQuery, planInputsQuery, planVersionsQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { PlanVersion } from "../../api/types";
import { formatInstant } from "../../format/format";
import { canEditPlan, canReadDeals, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { CalculatorAnswerView } from "./CalculatorAnswer";
import { EXAMPLE, fieldsOf, planOf, type SegmentFields } from "./calculator";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";
import { SavePlan } from "./SavePlan";
import { SegmentForm } from "./SegmentForm";
import { Versions } from "./Versions";

/** How long somebody pauses before the answer is asked for, in milliseconds. */
const PAUSE_MS = 120;

/** How many references are enough, from how the team sells. */
export function CalculatorPage() {
  const versions = useQuery(planVersionsQuery());
  const search = useSearch({ from: "/signed-in/plan/calculator" });
  if (versions.isPending)
    return (
      <Framed>
        <Loading rows={8} height={40} />
      </Framed>
    );
  if (versions.isError)
    return (
      <Framed>
        <Failed error={versions.error} onRetry={() => void versions.refetch()} />
      </Framed>
    );
  const opened = versions.data.find((one) => one.id === search.version) ?? versions.data[0];
  return (
    <Framed>
      {/* A colleague's newer version takes nothing away from what somebody types. */}
      <Calculator key={search.version ?? "newest"} newest={opened} versions={versions.data} />
    </Framed>
  );
}

function Framed({ children }: { children: React.ReactNode }) {
  return (
    <PlanFrame title={text("plan.calculator.title")} lead={text("plan.calculator.lead")}>
      {children}
    </PlanFrame>
  );
}

function Calculator({ newest, versions }: { newest: PlanVersion | undefined; versions: PlanVersion[] }) {
  const session = useSession();
  const [opened] = useState(newest);
  const [segments, setSegments] = useState<SegmentFields[]>(() =>
    opened ? fieldsOf(opened.plan) : [EXAMPLE],
  );
  const [settled] = useDebouncedValue(segments, PAUSE_MS);
  const plan = planOf(settled);
  const query = useQuery(calculatorQuery(plan));
  const problems = query.isError ? fieldMessages(query.error) : {};
  const change = (place: number, next: SegmentFields) =>
    setSegments(segments.map((segment, at) => (at === place ? next : segment)));
  return (
    <div className={classes.calculator}>
      <div className={classes.inputs}>
        {opened ? (
          <p className="meta">
            {text("plan.calculator.opened", { day: formatInstant(opened.saved_at), who: opened.saved_by })}
          </p>
        ) : null}
        {segments.map((segment, place) => (
          <SegmentForm
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place in the plan
            key={place}
            place={place}
            segment={segment}
            problems={problems}
            onChange={(next) => change(place, next)}
            onRemove={
              segments.length > 1 ? () => setSegments(segments.filter((_, at) => at !== place)) : undefined
            }
          />
        ))}
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            onClick={() => setSegments([...segments, { ...EXAMPLE, name: "" }])}
          >
            {text("plan.calculator.add")}
          </Button>
          {canReadDeals(session) ? (
            <Prefill onFill={(known) => change(0, { ...(segments[0] ?? EXAMPLE), ...known })} />
          ) : null}
          <Button size="xs" variant="default" onClick={() => setSegments([EXAMPLE])}>
            {text("plan.calculator.reference_case")}
          </Button>
        </div>
        {query.isError && Object.keys(problems).length === 0 ? <FormProblem error={query.error} /> : null}
        {canEditPlan(session) ? <SavePlan plan={plan} isReady={query.isSuccess} /> : null}
      </div>
      <div className={classes.answer}>
        {query.data ? (
          <div data-stale={query.isError || undefined} className={classes.answer}>
            <CalculatorAnswerView answer={query.data} segments={settled} />
          </div>
        ) : query.isPending ? (
          <Loading rows={6} height={40} />
        ) : null}
        <Versions versions={versions} opened={opened?.id} />
      </div>
    </div>
  );
}

/** Puts what the records say into the first segment and tells how much they rest on. */
function Prefill({ onFill }: { onFill: (known: Partial<SegmentFields>) => void }) {
  const cache = useQueryClient();
  const reading = useMutation({
    mutationFn: () => cache.fetchQuery({ ...planInputsQuery(), staleTime: 0 }),
    onSuccess: (known) =>
      onFill({
        ...(known.sellers > 0 ? { sellers: known.sellers } : {}),
        ...(known.deal_size === null ? {} : { deal_size: Number(known.deal_size) }),
        need_rate: Number((known.need_rate.rate * 100).toFixed(1)),
        references: Number(known.references.rate.toFixed(2)),
        ...(known.win_rate ? { win_rate: Number((known.win_rate.rate * 100).toFixed(1)) } : {}),
      }),
  });
  return (
    <>
      <Button size="xs" variant="default" loading={reading.isPending} onClick={() => reading.mutate()}>
        {text("plan.calculator.prefill")}
      </Button>
      {reading.data ? (
        <p className={`meta ${classes.prefilled}`} role="status">
          {text("plan.calculator.prefilled", {
            size: reading.data.deal_size_n,
            need: reading.data.need_rate.n,
            references: reading.data.references.n,
            win: reading.data.win_rate?.n ?? 0,
            sellers: reading.data.sellers,
          })}
        </p>
      ) : null}
      <FormProblem error={reading.error} />
    </>
  );
}
