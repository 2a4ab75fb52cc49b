import { useQuery } from "@tanstack/react-query";
import { type GapsAsk, plannedCustomersQuery } from "../../api/plan-queries";
import type { PlannedCustomers } from "../../api/types";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Empty, Failed, Loading } from "../../ui/states";
import { segmentName } from "./cut";
import { People } from "./People";
import classes from "./plan.module.css";

type Planned = PlannedCustomers["customers"][number];

/** What the plan of all deals has the customers in the reader's hands give. */
export function OwnCustomers({ ask }: { ask: GapsAsk }) {
  const query = useQuery(plannedCustomersQuery(ask));
  if (query.isPending) return <Loading rows={6} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { customers, count, planned, gives, unverified, as_of, formula } = query.data;
  if (customers.length === 0) return <Empty title={text("plan.own.none")} why={text("plan.own.none_why")} />;
  return (
    <ChartFrame
      title={text("plan.own.title", {
        count,
        planned: formatNumber(planned),
        gives: formatNumber(gives),
      })}
      name={`own-customers-${as_of}`}
      rows={() => [
        [
          text("plan.column.account"),
          text("plan.own.planned"),
          text("plan.own.gives"),
          text("plan.own.for"),
          text("plan.column.advocates"),
          text("plan.own.unverified_head"),
        ],
        ...customers.map((one) => [
          one.account.name,
          one.planned,
          one.gives,
          one.segments.map(segmentName).join("; "),
          one.advocates,
          one.unverified,
        ]),
      ]}
    >
      <div className={classes.panel}>
        <p className="meta measure">{text("plan.own.lead")}</p>
        {unverified > 0 ? <p className="meta">{text("plan.own.unverified", { count: unverified })}</p> : null}
        <DataTable
          caption={text("plan.own.table")}
          rows={customers}
          rowKey={(one) => one.account.id}
          isCards
          columns={[
            {
              key: "account",
              label: text("plan.column.account"),
              cell: (one) => (
                <div className={classes.stacked}>
                  <AppLink href={paths.account(one.account.id)}>{one.account.name}</AppLink>
                  <People people={one.people} count={one.advocates} />
                </div>
              ),
            },
            {
              key: "planned",
              label: text("plan.own.planned"),
              align: "right",
              cell: (one) =>
                text("plan.own.of", { planned: formatNumber(one.planned), gives: formatNumber(one.gives) }),
            },
            { key: "for", label: text("plan.own.for"), cell: segments },
            {
              key: "unverified",
              label: text("plan.own.unverified_head"),
              wide: true,
              cell: (one) =>
                one.unverified === 0 ? (
                  text("state.none")
                ) : (
                  <People people={one.unverified_people} count={one.unverified} />
                ),
            },
          ]}
        />
        <p className="meta measure">{formula}</p>
      </div>
    </ChartFrame>
  );
}

/** Where a customer is needed the most. */
function segments(one: Planned): string {
  const named = one.segments.slice(0, 2).map(segmentName).join(", ");
  const more = one.segments.length - 2;
  if (named === "") return text("state.none");
  return more > 0 ? `${named} ${text("plan.detail.more_people", { count: more })}` : named;
}
