import { useQuery } from "@tanstack/react-query";
import { leveragingQuery } from "../../api/queries";
import type { Gaps, Leveraging } from "../../api/types";
import {
  formatMoneyShort,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatShare,
} from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Sparkline } from "../../ui/chart/Sparkline";
import { Failed, Loading } from "../../ui/states";
import { gapsAhead } from "./Executive";
import classes from "./HomePage.module.css";
import { wholeQuarters } from "./quarters";

interface Figure {
  key: string;
  label: string;
  href: string;
  value: string;
  note: string;
  /** Whole quarters, oldest first; absent where the past is not kept. */
  trend?: { label: string; value: number; shown: string }[];
}

/** What the asset earns and whether it will hold, in five numbers that lead to their rows. */
export function Numbers() {
  const { today, currency } = useSession();
  const metric = useQuery(leveragingQuery({ by: "quarter" }));
  const gaps = useQuery(gapsAhead());
  const failed = metric.error ?? gaps.error;
  if (failed)
    return (
      <Failed
        error={failed}
        onRetry={() => {
          void metric.refetch();
          void gaps.refetch();
        }}
      />
    );
  if (!metric.data || !gaps.data) return <Loading rows={3} />;
  const numbers = [...earned(metric.data, currency, today), ...ahead(gaps.data)];
  return (
    <section aria-label={text("homes.numbers")}>
      <dl className={classes.numbers}>
        {numbers.map((number) => (
          <OneNumber key={number.key} number={number} />
        ))}
      </dl>
    </section>
  );
}

function OneNumber({ number: { label, href, value, note, trend } }: { number: Figure }) {
  const first = trend?.[0];
  const last = trend?.at(-1);
  return (
    <div className={classes.figure}>
      <dt>
        <AppLink href={href}>{label}</AppLink>
      </dt>
      <dd className={classes.number}>{value}</dd>
      <dd className="meta numbers">{note}</dd>
      {trend && first && last && first !== last ? (
        <dd>
          <Sparkline
            values={trend.map((one) => one.value)}
            label={text("homes.trend", {
              label,
              from: first.shown,
              first: first.label,
              to: last.shown,
              last: last.label,
            })}
          />
          <span className="meta">{text("homes.trend_short", { first: first.label, last: last.label })}</span>
        </dd>
      ) : null}
    </div>
  );
}

function earned(metric: Leveraging, currency: string, today: string): Figure[] {
  const quarters = wholeQuarters(metric, today);
  const counts = { leveraged: formatNumber(metric.leveraged), closed: formatNumber(metric.closed) };
  const money = (amount: string | undefined) => formatMoneyShort({ amount: amount ?? "0", currency });
  const sums = metric.currencies[currency];
  const others = Object.keys(metric.currencies).filter((one) => one !== currency).length;
  const won = money(sums?.revenue_won);
  const { with_reference: withOne, count } = metric.open;
  return [
    {
      key: "leveraged",
      label: text("homes.leveraged"),
      href: paths.metric(),
      value: metric.rate === null ? text("state.none") : formatShare(metric.rate),
      note:
        metric.target === null
          ? text("homes.no_target", counts)
          : text("homes.of_target", { ...counts, target: formatPercent(metric.target) }),
      trend: quarters.flatMap(({ label, rate }) =>
        rate === null ? [] : [{ label: formatPeriod(label), value: rate, shown: formatShare(rate) }],
      ),
    },
    {
      key: "influenced",
      label: text("homes.influenced"),
      href: paths.metric({ leveraged: "yes" }),
      value: money(sums?.revenue_influenced),
      note:
        others === 0
          ? text("homes.influenced_of", { won })
          : text("homes.influenced_more", { won, count: others }),
      trend: quarters.map(({ label, currencies }) => {
        const amount = currencies[currency]?.revenue_influenced ?? "0";
        return { label: formatPeriod(label), value: Number(amount), shown: money(amount) };
      }),
    },
    {
      key: "pipeline",
      label: text("homes.pipeline"),
      href: paths.opportunities(),
      value: count === 0 ? text("state.none") : formatShare(withOne / count),
      note: text("homes.pipeline_of", { with: withOne, count }),
    },
  ];
}

function ahead(gaps: Gaps): Figure[] {
  const { currency } = gaps.demand;
  const needed = Number(gaps.money_needed);
  const money = (amount: string) => formatMoneyShort({ amount, currency });
  return [
    {
      key: "covered",
      label: text("homes.covered"),
      href: paths.gaps(),
      value: needed === 0 ? text("state.none") : formatShare(Number(gaps.money_covered) / needed),
      note: text("homes.covered_of", {
        covered: money(gaps.money_covered),
        needed: money(gaps.money_needed),
      }),
    },
    {
      key: "usable",
      label: text("homes.usable"),
      href: paths.advocates({ status: "active" }),
      value: formatNumber(gaps.advocates),
      note: text("homes.usable_of", {
        accounts: formatNumber(gaps.accounts),
        unverified: formatNumber(gaps.unverified),
      }),
    },
  ];
}
