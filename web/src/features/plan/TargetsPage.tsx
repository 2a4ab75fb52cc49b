import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { targetsQuery } from "../../api/plan-queries";
import type { RecruitingTarget, RecruitingTargets } from "../../api/types";
import { formatNumber, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { segmentName, short, startBy } from "./cut";
import { PlanFrame } from "./PlanFrame";
import { TargetPanel } from "./TargetPanel";

/** Which advocates are to be recruited by when, and how the nominations for them are getting on. */
export function TargetsPage() {
  const search = useSearch({ from: "/signed-in/plan/targets" });
  const change = useSearchChange();
  const query = useQuery(targetsQuery());
  const open = (target: string | undefined) => void change({ target });
  const opened = query.data?.targets.find((one) => one.id === search.target);
  return (
    <PlanFrame title={text("plan.targets.title")} lead={text("plan.targets.lead")}>
      {query.isPending ? (
        <Loading rows={6} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.targets.length === 0 ? (
        <Empty
          title={text("plan.targets.none")}
          why={text("plan.targets.none_why")}
          next={
            <Button component={AppLink} href={paths.gaps()}>
              {text("plan.targets.open_gaps")}
            </Button>
          }
        />
      ) : (
        <Lists answer={query.data} onOpen={open} />
      )}
      {opened && query.data ? (
        <TargetPanel
          key={opened.id}
          target={opened}
          yields={query.data.yields}
          onClose={() => open(undefined)}
        />
      ) : null}
    </PlanFrame>
  );
}

function Lists({ answer, onOpen }: { answer: RecruitingTargets; onOpen: (target: string) => void }) {
  const open = answer.targets.filter((one) => one.closed_at === null);
  const closed = answer.targets.filter((one) => one.closed_at !== null);
  const { rate, n } = answer.yields;
  return (
    <>
      <Section plain title={headline(open)}>
        <p className="soft measure">
          {text(n > 0 ? "plan.targets.yield" : "plan.targets.yield_set", {
            rate: formatShare(rate),
            n: formatNumber(n),
          })}
        </p>
        {open.length > 0 ? (
          <TargetTable caption={text("plan.targets.open")} targets={open} onOpen={onOpen} />
        ) : null}
      </Section>
      {closed.length > 0 ? (
        <Section plain title={text("plan.targets.closed")}>
          <TargetTable caption={text("plan.targets.closed")} targets={closed} onOpen={onOpen} />
        </Section>
      ) : null}
      <p className="meta measure">{answer.formula}</p>
    </>
  );
}

/** What is still to do, in one sentence. */
function headline(open: RecruitingTarget[]): string {
  if (open.length === 0) return text("plan.targets.none_open");
  const sum = (of: (one: RecruitingTarget) => number) => open.reduce((all, one) => all + of(one), 0);
  const needed = sum((one) => one.progress.nominations_needed ?? 0);
  return needed === 0
    ? text("plan.targets.enough")
    : text("plan.targets.needed", {
        count: needed,
        missing: formatNumber(sum((one) => Math.max(0, one.wanted - one.progress.advocates))),
      });
}

interface TableProps {
  caption: string;
  targets: RecruitingTarget[];
  onOpen: (target: string) => void;
}

function TargetTable({ caption, targets, onOpen }: TableProps) {
  const { today } = useSession();
  return (
    <DataTable
      caption={caption}
      rows={targets}
      rowKey={(one) => one.id}
      columns={[
        {
          key: "profile",
          label: text("plan.worth.profile"),
          cell: (one) => (
            <Button size="compact-sm" variant="subtle" onClick={() => onOpen(one.id)}>
              {segmentName(one)}
            </Button>
          ),
        },
        {
          key: "there",
          label: text("plan.targets.there"),
          align: "right",
          cell: (one) =>
            text("plan.targets.of", {
              there: formatNumber(one.progress.advocates),
              wanted: formatNumber(one.wanted),
            }),
        },
        {
          key: "under_way",
          label: text("plan.targets.under_way"),
          align: "right",
          wide: true,
          cell: (one) => formatNumber(one.progress.under_way),
        },
        {
          key: "needed",
          label: text("plan.targets.nominations"),
          align: "right",
          wide: true,
          cell: (one) =>
            one.progress.nominations_needed === null
              ? text("state.none")
              : formatNumber(one.progress.nominations_needed),
        },
        {
          key: "worth",
          label: text("plan.worth.worth"),
          align: "right",
          wide: true,
          cell: (one) => short(one.worth, one.currency),
        },
        {
          key: "start_by",
          label: text("plan.worth.start_by"),
          align: "right",
          cell: (one) => startBy(one, today),
        },
      ]}
    />
  );
}
