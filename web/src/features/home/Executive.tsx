import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { gapsQuery } from "../../api/plan-queries";
import { leveragingDealsQuery } from "../../api/queries";
import type { Gaps as GapsAnswer, LeveragingDeal } from "../../api/types";
import { formatDay, formatMoneyShort, formatNumber } from "../../format/format";
import { activityName } from "../../parts/activity";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BarRows } from "../../ui/chart/BarRows";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { Lines } from "./Lines";

const ROWS_SHOWN = 5;

/** The next 90 days as the gaps page asks for them, so that opening it costs nothing more. */
export const gapsAhead = () =>
  gapsQuery({ facets: "industry,product", window_ends: "30,60,90", broad: true });

/** A segment in words. */
const nameOf = (segment: { labels: string[] }) => segment.labels.join(" × ");

/** What the pipeline lacks most. */
export function TopGaps() {
  return <OfGaps title={text("homes.gaps")} card={(gaps) => <Gaps gaps={gaps} />} />;
}

/** Which part of the pipeline a single customer carries. */
export function Fragile() {
  return <OfGaps title={text("homes.fragile")} card={(gaps) => <SingleAccounts gaps={gaps} />} />;
}

/** A card of the plan's answer, which all of them share. */
function OfGaps({ title, card }: { title: string; card: (gaps: GapsAnswer) => ReactNode }) {
  const query = useQuery(gapsAhead());
  return (
    <Section title={title} aside={<AppLink href={paths.gaps()}>{text("homes.gaps_open")}</AppLink>}>
      {query.isPending ? (
        <Loading rows={5} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        card(query.data)
      )}
    </Section>
  );
}

function Gaps({ gaps }: { gaps: GapsAnswer }) {
  const navigate = useNavigate();
  const { currency } = gaps.demand;
  const ranked = gaps.segments
    .filter((one) => !one.is_unknown && Number(one.money_at_risk) > 0)
    .slice(0, ROWS_SHOWN);
  const most = Number(ranked[0]?.money_at_risk ?? 1);
  if (ranked.length === 0) return <Empty title={text("homes.gaps_none")} why={text("homes.gaps_none_why")} />;
  return (
    <BarRows
      label={text("homes.gaps")}
      bars={ranked.map((one) => ({
        key: one.key,
        label: nameOf(one),
        value: Number(one.money_at_risk) / most,
        shown: formatMoneyShort({ amount: one.money_at_risk, currency }),
        note: text("homes.gap_note", {
          missing: formatNumber(one.needed - one.covered),
          needed: formatNumber(one.needed),
        }),
        onOpen: () => void navigate({ href: paths.gaps({ segment: one.key }) }),
      }))}
    />
  );
}

/** Segments that one account alone serves, the largest money first. */
function SingleAccounts({ gaps }: { gaps: GapsAnswer }) {
  const { currency } = gaps.demand;
  const single = gaps.segments
    .filter((one) => !one.is_unknown && one.accounts === 1 && one.most_used_account !== null)
    .sort((one, other) => Number(other.money_needed) - Number(one.money_needed))
    .slice(0, ROWS_SHOWN);
  if (single.length === 0)
    return <Empty title={text("homes.fragile_none")} why={text("homes.fragile_none_why")} />;
  return (
    <Lines
      lines={single.map((one) => ({
        key: one.key,
        label: nameOf(one),
        href: paths.gaps({ segment: one.key }),
        note: text("homes.fragile_note", {
          account: one.most_used_account?.name ?? text("state.unknown"),
          money: formatMoneyShort({ amount: one.money_needed, currency }),
        }),
      }))}
    />
  );
}

/** The last deals that were won after somebody spoke for us. */
export function Wins() {
  const { today } = useSession();
  const query = useInfiniteQuery(leveragingDealsQuery({ leveraged: true }));
  const none = <Empty title={text("homes.wins_none")} why={text("homes.wins_none_why")} />;
  return (
    <Section
      title={text("homes.wins")}
      aside={<AppLink href={paths.metric({ leveraged: "yes" })}>{text("homes.wins_open")}</AppLink>}
    >
      <PagedList isExcerpt query={query} empty={none}>
        {(deals) => {
          const won = deals.filter((one) => one.opportunity.status === "won").slice(0, ROWS_SHOWN);
          return won.length === 0 ? (
            none
          ) : (
            <Lines
              lines={won.map((one) => ({
                key: one.opportunity.id,
                label: one.opportunity.name,
                href: paths.opportunity(one.opportunity.id),
                note: [
                  storyOf(one),
                  one.opportunity.close_on ? formatDay(one.opportunity.close_on, today) : null,
                ]
                  .filter(Boolean)
                  .join(" · "),
                value: one.opportunity.amount ? formatMoneyShort(one.opportunity.amount) : undefined,
              }))}
            />
          );
        }}
      </PagedList>
    </Section>
  );
}

/** What helped: the first reference use, else that content did. */
function storyOf({ influences }: LeveragingDeal): string {
  const use = influences.find((one) => one.kind === "use");
  return use?.activity && use.advocate_display
    ? text("homes.win_use", { activity: activityName(use.activity), who: use.advocate_display })
    : text("homes.win_content");
}
