import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { planRevisionQuery } from "../../api/plan-queries";
import type { PlanVersion } from "../../api/types";
import { formatDay, formatInstant, formatNumber, formatPeriod } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

/** What was planned before, by whom and why, and how it held. */
export function Versions({ versions, opened }: { versions: PlanVersion[]; opened: string | undefined }) {
  const change = useSearchChange();
  if (versions.length === 0)
    return (
      <Empty title={text("plan.calculator.no_versions")} why={text("plan.calculator.no_versions_why")} />
    );
  return (
    <>
      <Section plain title={text("plan.calculator.versions")}>
        <DataTable
          caption={text("plan.calculator.versions")}
          rows={versions}
          rowKey={(one) => one.id}
          columns={[
            {
              key: "why",
              label: text("plan.calculator.why"),
              cell: (one) => (
                <Button
                  size="compact-sm"
                  variant={one.id === opened ? "light" : "subtle"}
                  aria-pressed={one.id === opened}
                  onClick={() => void change({ version: one.id })}
                >
                  {one.why}
                </Button>
              ),
            },
            {
              key: "requests",
              label: text("plan.calculator.requests"),
              align: "right",
              cell: (one) => formatNumber(Math.round(one.requests_team_year)),
            },
            { key: "by", label: text("plan.calculator.by"), wide: true, cell: (one) => one.saved_by },
            {
              key: "at",
              label: text("plan.calculator.at"),
              wide: true,
              cell: (one) => formatInstant(one.saved_at),
            },
          ]}
        />
      </Section>
      <Revision />
    </>
  );
}

/** Quarter by quarter, what the plan expected and what deals asked for. */
function Revision() {
  const { today } = useSession();
  const query = useQuery(planRevisionQuery());
  if (query.isPending) return <Loading rows={4} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section plain title={text("plan.calculator.revision")}>
      <p className="meta">{text("plan.calculator.next_on", { day: formatDay(query.data.next_on, today) })}</p>
      <DataTable
        caption={text("plan.calculator.revision")}
        rows={query.data.quarters}
        rowKey={(one) => one.quarter}
        isMuted={(one) => one.is_running}
        columns={[
          {
            key: "quarter",
            label: text("plan.calculator.quarter"),
            cell: (one) =>
              one.is_running
                ? text("plan.calculator.running", { quarter: formatPeriod(one.quarter) })
                : formatPeriod(one.quarter),
          },
          {
            key: "planned",
            label: text("plan.calculator.planned"),
            align: "right",
            cell: (one) =>
              one.planned === null ? text("state.none") : formatNumber(Math.round(one.planned)),
          },
          {
            key: "actual",
            label: text("plan.calculator.actual"),
            align: "right",
            cell: (one) => formatNumber(one.actual),
          },
        ]}
      />
    </Section>
  );
}
