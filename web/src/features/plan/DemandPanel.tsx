import { useInfiniteQuery } from "@tanstack/react-query";
import { demandDealsQuery, type PlanCut } from "../../api/plan-queries";
import type { Demand } from "../../api/types";
import { formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { PagedList } from "../../ui/PagedList";
import { SidePanel } from "../../ui/SidePanel";
import { Empty } from "../../ui/states";
import { ALL_SEGMENTS, dealChance, dealDay, dealMoney, segmentName } from "./cut";

interface Props {
  ask: PlanCut;
  demand: Demand;
  segment: string;
  onClose: () => void;
}

/** The open deals behind one segment's demand. */
export function DemandPanel({ ask, demand, segment, onClose }: Props) {
  const { today } = useSession();
  const query = useInfiniteQuery(demandDealsQuery(ask, segment === ALL_SEGMENTS ? undefined : segment));
  const known = demand.segments.find((one) => one.key === segment);
  const title = known
    ? segmentName(known)
    : text(segment === ALL_SEGMENTS ? "plan.all_segments" : "plan.demand.title");
  return (
    <SidePanel title={title} opened onClose={onClose} size={620}>
      {known && known.miss.n > 0 ? (
        <p className="meta">
          {text("plan.demand.miss", {
            count: known.miss.n,
            factor: formatNumber(Math.exp(known.miss.spread)),
          })}
        </p>
      ) : null}
      <PagedList
        query={query}
        empty={<Empty title={text("plan.detail.gone")} why={text("plan.demand.lead")} />}
      >
        {(deals) => (
          <DataTable
            caption={text("plan.detail.deals")}
            rows={deals}
            rowKey={(one) => one.id}
            columns={[
              {
                key: "deal",
                label: text("plan.column.deal"),
                cell: (one) => <AppLink href={paths.opportunity(one.id)}>{one.name}</AppLink>,
              },
              {
                key: "money",
                label: text("plan.column.money"),
                align: "right",
                cell: (one) => dealMoney(one, demand.currency),
              },
              {
                key: "need_on",
                label: text("plan.column.need_on"),
                align: "right",
                cell: (one) => dealDay(one, today),
              },
              {
                key: "chance",
                label: text("plan.column.chance"),
                align: "right",
                wide: true,
                cell: (one) => dealChance(one),
              },
            ]}
          />
        )}
      </PagedList>
    </SidePanel>
  );
}
