import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { gapsQuery } from "../../api/plan-queries";
import type { Gaps } from "../../api/types";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { ActivitySelect, DEFAULT_ACTIVITY, readActivity } from "../../parts/ActivitySelect";
import { canReadDemand, canReadLoad, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { CutFilters } from "./CutFilters";
import { ALL_SEGMENTS, asked, segmentName, short } from "./cut";
import { Fact } from "./Fact";
import { GapBars } from "./GapBars";
import { GapMap } from "./GapMap";
import { GapPanel } from "./GapPanel";
import { GoalsBeside } from "./GoalsBeside";
import { HeadCount } from "./HeadCount";
import { LeftOut } from "./LeftOut";
import { NeedsBeside } from "./NeedsBeside";
import { NoDeals } from "./NoDeals";
import { OwnCustomers } from "./OwnCustomers";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";
import { Recruits } from "./Recruits";

/** Demand held against capacity: what is missing, what it is worth, and where to begin. */
export function GapsPage() {
  const search = useSearch({ from: "/signed-in/plan/gaps" });
  const change = useSearchChange();
  const session = useSession();
  const ask = {
    ...asked(search),
    activity: search.activity ? readActivity(search.activity) : undefined,
    unverified: search.unverified === "yes" || undefined,
  };
  const query = useQuery(gapsQuery(ask));
  const open = (segment: string | undefined) => void change({ segment });
  // Who owns customers sees what these are planned for; whoever sees all demand sees it in the gaps.
  const hasCustomers = canReadLoad(session) && !canReadDemand(session);
  return (
    <PlanFrame title={text("plan.gaps_title")} lead={text("plan.gaps_lead")}>
      <CutFilters search={search}>
        <ActivitySelect
          label={text("plan.cut.activity")}
          value={readActivity(search.activity)}
          onChange={(next) =>
            void change({ activity: next === DEFAULT_ACTIVITY ? undefined : next }, { replace: true })
          }
        />
      </CutFilters>
      {hasCustomers ? <OwnCustomers ask={ask} /> : null}
      {query.isPending ? (
        <Loading rows={8} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.demand.deals === 0 ? (
        hasCustomers ? null : (
          <NoDeals />
        )
      ) : (
        <>
          <Summary gaps={query.data} onOpen={() => open(ALL_SEGMENTS)} />
          <LeftOut
            demand={query.data.demand}
            stale={{ profiles: query.data.unverified, isCounted: search.unverified === "yes" }}
          />
          {query.data.demand.facets.length === 2 ? <GapMap gaps={query.data} onOpen={open} /> : null}
          <NeedsBeside wanted={query.data.needs_wanted} served={query.data.needs_served} />
          <GoalsBeside demand={query.data.demand} />
          <GapBars gaps={query.data} onOpen={open} />
          <Recruits gaps={query.data} onOpen={open} />
          {canReadDemand(session) ? <HeadCount ask={ask} /> : null}
          <p className="meta measure">{query.data.formula}</p>
          {search.segment ? (
            <GapPanel
              ask={ask}
              cut={search}
              segment={search.segment}
              currency={query.data.demand.currency}
              onClose={() => open(undefined)}
            />
          ) : null}
        </>
      )}
    </PlanFrame>
  );
}

function Summary({ gaps, onOpen }: { gaps: Gaps; onOpen: () => void }) {
  const { today } = useSession();
  const { currency } = gaps.demand;
  const needed = Number(gaps.money_needed);
  return (
    <dl className={classes.summary}>
      <Fact
        onOpen={onOpen}
        value={short(gaps.money_at_risk, currency)}
        label={text("plan.money_at_risk")}
        note={text("plan.money_of", { money: short(gaps.money_needed, currency) })}
      />
      <Fact
        onOpen={onOpen}
        value={needed > 0 ? formatShare(Number(gaps.money_covered) / needed) : text("state.none")}
        label={text("plan.covered")}
        note={text("plan.references_of", {
          covered: formatNumber(gaps.covered),
          needed: formatNumber(gaps.needed),
        })}
      />
      <Fact
        onOpen={onOpen}
        value={gaps.stock_out_on ? formatDay(gaps.stock_out_on, today) : text("state.none")}
        label={text(gaps.stock_out_on ? "plan.stock_out" : "plan.no_stock_out")}
        note={concentration(gaps)}
      />
      <Fact
        onOpen={onOpen}
        value={formatNumber(gaps.accounts)}
        label={text("plan.accounts_usable")}
        note={text("plan.advocates_of", {
          advocates: formatNumber(gaps.advocates),
          rate: formatShare(gaps.acceptance.rate),
        })}
      />
    </dl>
  );
}

/** References below which one account always carries most, so that it says nothing. */
const CONCENTRATION_MIN = 2;

/** The segment that leans the most on one account. */
function concentration(gaps: Gaps): string {
  const leaning = gaps.segments
    .filter((one) => one.most_used_account && one.most_used_share && one.covered >= CONCENTRATION_MIN)
    .sort((one, other) => (other.most_used_share ?? 0) - (one.most_used_share ?? 0))[0];
  if (!leaning?.most_used_account || leaning.most_used_share === null) return "";
  return text("plan.concentration", {
    share: formatShare(leaning.most_used_share),
    segment: segmentName(leaning),
    account: leaning.most_used_account.name,
  });
}
