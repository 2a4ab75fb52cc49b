import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { gapsQuery, headCountQuery } from "../../api/plan-queries";
import type { Gaps, HeadCount } from "../../api/types";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Failed, Loading } from "../../ui/states";
import { asked, readCut, segmentName, short } from "./cut";
import { Fact } from "./Fact";
import { NoDeals } from "./NoDeals";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";
import sheet from "./sponsor.module.css";

/** The head count that the page weighs: what programs are asked for most. */
const GOAL = "+100";
/** Profiles that the page names, so that it stays one page. */
const NAMED = 6;

/** One page for the executive sponsor: why a head count is the wrong question, and what to ask instead. */
export function SponsorPage() {
  const search = useSearch({ from: "/signed-in/plan/sponsor" });
  const ask = asked(search);
  const gaps = useQuery(gapsQuery(ask));
  const weighed = useQuery(headCountQuery(ask, GOAL));
  const failed = gaps.error ?? weighed.error;
  return (
    <PlanFrame
      title={text("plan.sponsor.title")}
      lead={text("plan.sponsor.lead")}
      actions={
        <Button
          className={sheet.button}
          onClick={() => window.print()}
          disabled={!gaps.data || !weighed.data}
        >
          {text("plan.sponsor.print")}
        </Button>
      }
    >
      {failed ? (
        <Failed
          error={failed}
          onRetry={() => {
            void gaps.refetch();
            void weighed.refetch();
          }}
        />
      ) : !gaps.data || !weighed.data ? (
        <Loading rows={10} height={40} />
      ) : gaps.data.demand.deals === 0 ? (
        <NoDeals />
      ) : (
        <Sheet gaps={gaps.data} weighed={weighed.data} days={readCut(search).days} />
      )}
    </PlanFrame>
  );
}

interface SheetProps {
  gaps: Gaps;
  weighed: HeadCount;
  days: number;
}

function Sheet({ gaps, weighed, days }: SheetProps) {
  return (
    <div className={sheet.sheet}>
      <Today gaps={gaps} days={days} />
      <section>
        <h2>{text("plan.sponsor.question")}</h2>
        <p>{text("plan.sponsor.question_why")}</p>
        <p>
          <strong>{answer(weighed)}</strong> {text("plan.head_count.enough", { count: weighed.enough })}
        </p>
      </section>
      <Where gaps={gaps} weighed={weighed} />
      <section>
        <h2>{text("plan.sponsor.instead")}</h2>
        <ul className={sheet.asks}>
          {instead(gaps).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <p className="meta">{gaps.formula}.</p>
      <p className="meta">{weighed.formula}.</p>
    </div>
  );
}

/** What a hundred more references would come to. */
function answer({ goal, asked_at_most: most }: HeadCount): string {
  if (goal === null || goal.share === null) return text("plan.head_count.most", { count: most });
  return text("plan.head_count.answer", {
    goal: formatNumber(goal.new_references),
    used: formatNumber(Math.min(goal.new_references, most)),
    share: formatShare(goal.share),
  });
}

/** How the program stands today, in four numbers. */
function Today({ gaps, days }: { gaps: Gaps; days: number }) {
  const { today } = useSession();
  const { currency, as_of } = gaps.demand;
  return (
    <section>
      <h2>{text("plan.sponsor.today", { day: formatDay(as_of), days })}</h2>
      <dl className={classes.summary}>
        <Fact
          value={short(gaps.money_needed, currency)}
          label={text("plan.sponsor.needs")}
          note={text("plan.sponsor.references", { references: formatNumber(gaps.needed) })}
        />
        <Fact
          value={short(gaps.money_at_risk, currency)}
          label={text("plan.money_at_risk")}
          note={text("plan.references_of", {
            covered: formatNumber(gaps.covered),
            needed: formatNumber(gaps.needed),
          })}
        />
        <Fact
          value={formatNumber(gaps.advocates)}
          label={text("plan.sponsor.advocates")}
          note={text("plan.sponsor.accounts", { accounts: formatNumber(gaps.accounts) })}
        />
        <Fact
          value={gaps.stock_out_on ? formatDay(gaps.stock_out_on, today) : text("state.none")}
          label={text(gaps.stock_out_on ? "plan.stock_out" : "plan.no_stock_out")}
          note={text("plan.sponsor.unverified", { count: gaps.unverified })}
        />
      </dl>
    </section>
  );
}

/** The profiles that are worth recruiting, and what one that nobody misses is worth. */
function Where({ gaps, weighed }: { gaps: Gaps; weighed: HeadCount }) {
  const { today } = useSession();
  const { currency } = gaps.demand;
  const best = gaps.recruits.slice(0, NAMED);
  if (best.length === 0) return null;
  const idle = gaps.segments.filter((one) => !one.is_unknown && one.covered >= one.needed).length;
  const enough = new Map(weighed.profiles.map((one) => [one.key, one]));
  return (
    <section>
      <h2>{text("plan.sponsor.where")}</h2>
      <p>{text("plan.sponsor.where_why", { count: idle })}</p>
      <DataTable
        caption={text("plan.sponsor.where")}
        rows={best}
        rowKey={(one) => one.key}
        columns={[
          { key: "profile", label: text("plan.worth.profile"), cell: segmentName },
          {
            key: "worth",
            label: text("plan.worth.worth"),
            align: "right",
            cell: (one) => short(one.worth, currency),
          },
          {
            key: "recruit",
            label: text("plan.head_count.recruit"),
            align: "right",
            cell: (one) => {
              const count = enough.get(one.key)?.enough;
              return count === undefined ? text("state.none") : formatNumber(count);
            },
          },
          {
            key: "start_by",
            label: text("plan.worth.start_by"),
            align: "right",
            cell: (one) => (one.start_by === null ? text("state.none") : formatDay(one.start_by, today)),
          },
        ]}
      />
    </section>
  );
}

/** What a sponsor can ask for instead of a number of references. */
function instead(gaps: Gaps): string[] {
  const { currency } = gaps.demand;
  const best = gaps.recruits[0];
  const lines: string[] = [
    text("plan.sponsor.ask_covered", {
      covered: short(gaps.money_covered, currency),
      needed: short(gaps.money_needed, currency),
    }),
  ];
  if (best)
    lines.push(
      text("plan.sponsor.ask_profile", { segment: segmentName(best), money: short(best.worth, currency) }),
    );
  if (gaps.unverified > 0) lines.push(text("plan.sponsor.ask_verify", { count: gaps.unverified }));
  lines.push(text("plan.sponsor.ask_protect"));
  return lines;
}
