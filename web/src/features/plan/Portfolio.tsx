import { useQuery } from "@tanstack/react-query";
import { gapsQuery } from "../../api/plan-queries";
import type { GapGoal } from "../../api/types";
import { formatNumber, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";
import { short } from "./cut";

/** Goals reach further than deals: a year, in quarters. */
const ASK = { facets: "industry", window_ends: "91,182,274,365", broad: true, goals: true } as const;

/** What saved goals get of the capacity beside the deals, and who could speak for them. */
export function Portfolio() {
  const session = useSession();
  const query = useQuery(gapsQuery(ASK));
  if (query.isPending) return <Loading rows={3} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { goals } = query.data;
  if (goals.length === 0) return null;
  const money = (amount: string) => short(amount, session.currency);
  return (
    <ChartFrame
      title={text("plan.goals.portfolio.title")}
      name={`goals-${query.data.demand.as_of}`}
      rows={() => [
        [
          text("plan.goals.portfolio.goal"),
          text("plan.column.needed"),
          text("plan.column.covered"),
          `${text("plan.goals.portfolio.at_risk")} (${session.currency})`,
          text("plan.column.advocates"),
          text("plan.column.accounts"),
          text("plan.goals.portfolio.leans"),
          text("plan.column.most_used"),
          `${text("plan.goals.portfolio.worth")} (${session.currency})`,
        ],
        ...goals.map((one) => [
          one.name,
          one.needed,
          one.covered,
          one.money_at_risk,
          one.advocates,
          one.accounts,
          one.most_used_account?.name ?? "",
          one.most_used_share ?? "",
          one.worth,
        ]),
      ]}
    >
      <p className="meta measure">{text("plan.goals.portfolio.lead")}</p>
      <DataTable
        caption={text("plan.goals.portfolio.title")}
        rows={goals}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "goal",
            label: text("plan.goals.portfolio.goal"),
            cell: (one) => <AppLink href={paths.goals({ goal: one.id })}>{one.name}</AppLink>,
          },
          {
            key: "covered",
            label: text("plan.goals.portfolio.covered"),
            align: "right",
            cell: (one) =>
              text("plan.goals.portfolio.covered_of", {
                covered: formatNumber(one.covered),
                needed: formatNumber(one.needed),
              }),
          },
          {
            key: "at_risk",
            label: text("plan.goals.portfolio.at_risk"),
            align: "right",
            cell: (one) => money(one.money_at_risk),
          },
          { key: "who", label: text("plan.goals.portfolio.who"), wide: true, cell: who },
          { key: "leans", label: text("plan.goals.portfolio.leans"), wide: true, cell: leans },
          {
            key: "worth",
            label: text("plan.goals.portfolio.worth"),
            align: "right",
            wide: true,
            cell: (one) => money(one.worth),
          },
        ]}
      />
    </ChartFrame>
  );
}

function who(one: GapGoal): string {
  const told = text("plan.goals.portfolio.advocates", {
    advocates: formatNumber(one.advocates),
    accounts: formatNumber(one.accounts),
  });
  if (one.unverified === 0) return told;
  return `${told} · ${text("plan.goals.portfolio.unverified", { count: one.unverified })}`;
}

/** The account that covers the most of it, with its share. */
function leans(one: GapGoal): string {
  if (!one.most_used_account || one.most_used_share === null) return text("state.none");
  return `${one.most_used_account.name} (${formatShare(one.most_used_share)})`;
}
