import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type GapsAsk, gapDetailQuery, headCountQuery } from "../../api/plan-queries";
import { isCode } from "../../api/problem";
import type { GapDetail } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { canEditPlan, canReadDemand, useSession } from "../../parts/session";
import { writeCriteria } from "../../paths/criteria";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { SidePanel } from "../../ui/SidePanel";
import { Empty, Failed, Loading, Notice } from "../../ui/states";
import { CandidateList } from "./CandidateList";
import {
  ALL_SEGMENTS,
  asked,
  type CutSearch,
  dealChance,
  dealDay,
  dealMoney,
  NO_COLUMNS,
  readCut,
  segmentName,
  short,
} from "./cut";
import { NewTarget, useTargetOf } from "./NewTarget";
import { People } from "./People";
import classes from "./plan.module.css";

interface Props {
  ask: GapsAsk;
  cut: CutSearch;
  segment: string;
  currency: string;
  onClose: () => void;
}

/** What stands behind one gap: its deals, who fits, and what one more advocate would change. */
export function GapPanel({ ask, cut, segment, currency, onClose }: Props) {
  const session = useSession();
  const isWhole = segment === ALL_SEGMENTS;
  const query = useQuery(gapDetailQuery(ask, segment));
  const title = query.data ? segmentName(query.data.segment) : text("plan.gaps_title");
  return (
    <SidePanel title={title} opened onClose={onClose} size={620}>
      {query.isPending ? (
        <Loading rows={6} height={40} />
      ) : query.isError ? (
        isCode(query.error, "not_found") ? (
          <Empty title={text("plan.detail.gone")} why={text("plan.gaps_lead")} />
        ) : (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : (
        <div className={classes.panel}>
          <Head detail={query.data} cut={cut} currency={currency} />
          {canReadDemand(session) && !isWhole ? <NotInDemand ask={ask} segment={segment} /> : null}
          {canEditPlan(session) && !query.data.segment.is_unknown && !isWhole ? (
            <Recruiting ask={ask} cut={cut} detail={query.data} currency={currency} />
          ) : null}
          <Deals detail={query.data} currency={currency} />
          <Accounts detail={query.data} />
        </div>
      )}
    </SidePanel>
  );
}

function Head({ detail, cut, currency }: { detail: GapDetail; cut: CutSearch; currency: string }) {
  const { today } = useSession();
  const { segment, recruit } = detail;
  const words = [
    text("plan.references_of", {
      covered: formatNumber(segment.covered),
      needed: formatNumber(segment.needed),
    }),
    `${short(segment.money_at_risk, currency)} ${text("plan.money_at_risk")}`,
    segment.stock_out_on ? `${text("plan.stock_out")}: ${formatDay(segment.stock_out_on, today)}` : null,
  ];
  return (
    <>
      <p className="numbers">{words.filter(Boolean).join(" · ")}</p>
      {recruit ? (
        <Notice tone="free" title={text("plan.detail.worth", { money: short(recruit.worth, currency) })}>
          {recruit.start_by
            ? text(recruit.start_by < today ? "plan.detail.start_past" : "plan.detail.start_by", {
                day: formatDay(recruit.start_by, today),
              })
            : null}
        </Notice>
      ) : null}
      {segment.is_unknown || segment.key === ALL_SEGMENTS ? null : (
        <div className={classes.actions}>
          <Button component={AppLink} href={paths.find({ c: criteriaOf(segment.key, cut), show: "all" })}>
            {text("plan.detail.find")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The target for this gap, and whom to ask for it. */
function Recruiting({
  ask,
  cut,
  detail,
  currency,
}: {
  ask: GapsAsk;
  cut: CutSearch;
  detail: GapDetail;
  currency: string;
}) {
  const { key } = detail.segment;
  const target = useTargetOf(ask, key);
  return (
    <>
      {detail.recruit || target ? (
        <NewTarget ask={ask} segment={key} startBy={detail.recruit?.start_by ?? null} />
      ) : null}
      <CandidateList
        cut={asked(cut)}
        segment={key}
        currency={currency}
        target={target ? { id: target.id, name: segmentName(target) } : undefined}
      />
    </>
  );
}

/** Warns before somebody is recruited who would hardly ever be asked. */
function NotInDemand({ ask, segment }: { ask: GapsAsk; segment: string }) {
  const query = useQuery(headCountQuery(ask));
  const profile = query.data?.profiles.find((one) => one.key === segment);
  if (!profile || profile.is_in_demand) return null;
  return (
    <Notice
      tone="ask"
      title={text("plan.head_count.seldom", { asks: formatNumber(profile.asks_of_next) })}
      action={
        <Button component={AppLink} href={paths.content()} size="xs" variant="default">
          {text("plan.head_count.content")}
        </Button>
      }
    >
      {text("plan.head_count.seldom_why")}
    </Notice>
  );
}

/** The segment as criteria of Find: its key names terms, `+` within a facet, `/` between facets. */
function criteriaOf(key: string, cut: CutSearch): string[] {
  const { by, across } = readCut(cut);
  const facets = across === NO_COLUMNS ? [by] : [by, across];
  return writeCriteria(
    key
      .split("/")
      .map((terms, place) => ({ facet: facets[place] ?? "", terms: terms.split("+"), must: true }))
      .filter((criterion) => criterion.facet),
  );
}

function Deals({ detail, currency }: { detail: GapDetail; currency: string }) {
  const session = useSession();
  const { today } = session;
  const searched = detail.deals.filter((one) => one.searched_on !== null).length;
  return (
    <Section plain title={text("plan.detail.deals")}>
      <p className="meta">
        {text("plan.detail.deals_shown", { shown: detail.deals.length, count: detail.deal_count })}
        {searched > 0 && canReadDemand(session) ? (
          <>
            {" · "}
            <AppLink href={paths.unmetSearches()}>
              {text("plan.detail.searches", { count: searched })}
            </AppLink>
          </>
        ) : null}
      </p>
      <DataTable
        caption={text("plan.detail.deals")}
        rows={detail.deals}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "deal",
            label: text("plan.column.deal"),
            cell: (one) => (
              <>
                <AppLink href={paths.opportunity(one.id)}>{one.name}</AppLink>
                {one.searched_on ? (
                  <div className="meta">
                    {text("plan.detail.searched", { day: formatDay(one.searched_on, today) })}
                  </div>
                ) : null}
              </>
            ),
          },
          {
            key: "at_risk",
            label: text("plan.column.at_risk"),
            align: "right",
            cell: (one) => short(one.money_at_risk, currency),
          },
          {
            key: "money",
            label: text("plan.column.money"),
            align: "right",
            cell: (one) => dealMoney(one, currency),
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
    </Section>
  );
}

function Accounts({ detail }: { detail: GapDetail }) {
  const why = detail.segment.is_unknown ? "plan.detail.nobody_unknown" : "plan.detail.nobody_why";
  return (
    <Section plain title={text("plan.detail.accounts")}>
      {detail.unverified > 0 ? (
        <div>
          <p className="meta">{text("plan.detail.unverified", { count: detail.unverified })}</p>
          <People people={detail.unverified_people} count={detail.unverified} />
        </div>
      ) : null}
      {detail.accounts.length === 0 ? (
        <Empty title={text("plan.detail.nobody")} why={text(why)} />
      ) : (
        <DataTable
          caption={text("plan.detail.accounts")}
          rows={detail.accounts}
          rowKey={(one) => one.account?.id ?? `${one.advocates}-${one.gives}-${one.gives_elsewhere}`}
          columns={[
            {
              key: "account",
              label: text("plan.column.account"),
              cell: (one) => (
                <div className={classes.stacked}>
                  {one.account ? (
                    <AppLink href={paths.account(one.account.id)}>{one.account.name}</AppLink>
                  ) : (
                    text("state.unknown")
                  )}
                  <People people={one.people} count={one.fitting} />
                </div>
              ),
            },
            {
              key: "advocates",
              label: text("plan.column.advocates"),
              align: "right",
              wide: true,
              cell: (one) => formatNumber(one.advocates),
            },
            {
              key: "gives",
              label: text("plan.column.gives"),
              align: "right",
              cell: (one) => formatNumber(one.gives),
            },
            {
              key: "here",
              label: text("plan.column.here"),
              align: "right",
              cell: (one) => formatNumber(one.gives_here),
            },
            {
              key: "elsewhere",
              label: text("plan.column.elsewhere"),
              align: "right",
              cell: (one) => formatNumber(one.gives_elsewhere),
            },
          ]}
        />
      )}
    </Section>
  );
}
