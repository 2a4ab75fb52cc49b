//! The honest odds: what an ask can expect, said before it is sent.

import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type OutlookFilter, outlookQuery } from "../api/request-queries";
import type { Decision, Outlook as Expected, SameAsk } from "../api/types";
import { formatAgo, formatDay } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { Notice } from "../ui/states";
import classes from "./Outlook.module.css";
import { useSession } from "./session";

interface Props {
  outlook: Expected;
  onMove: (day: string) => void;
}

/** What the ask can expect; an extra, without which it is sent as before. */
export function useOutlook(filter: OutlookFilter): Expected | null {
  const { today } = useSession();
  const isAskable = filter.need_by >= today;
  const query = useQuery({
    ...outlookQuery(filter),
    enabled: isAskable,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return isAskable ? (query.data ?? null) : null;
}

export function Outlook({ outlook, onMove }: Props) {
  const { today } = useSession();
  return (
    <div className={classes.outlook}>
      {outlook.same_ask ? <Same ask={outlook.same_ask} today={today} /> : null}
      <section aria-label={text("requests.outlook.title")} className={classes.odds}>
        <h3>{text("requests.outlook.title")}</h3>
        {outlook.is_rush ? <Rush outlook={outlook} today={today} onMove={onMove} /> : null}
        <ol className={classes.steps}>
          {outlook.decisions.map((decision) => (
            <li key={decision.holder}>
              <span>{whoWords(decision)}</span>
              <span className="soft">{timeWords(decision, outlook.cases_min)}</span>
            </li>
          ))}
        </ol>
        <p>{outlook.decisions.length === 0 ? text("requests.outlook.agreed_ahead") : chanceWords(outlook)}</p>
      </section>
    </div>
  );
}

function Same({ ask, today }: { ask: SameAsk; today: string }) {
  return (
    <Notice
      tone="ask"
      title={text(ask.is_own ? "requests.outlook.same_own" : "requests.outlook.same", {
        name: ask.requester_name,
      })}
    >
      <p>
        {text("requests.outlook.same_why", {
          ago: formatAgo(ask.asked_at, new Date()),
          day: formatDay(ask.need_by, today),
        })}{" "}
        {ask.id ? <AppLink href={paths.request(ask.id)}>{text("requests.sent_open")}</AppLink> : null}
      </p>
    </Notice>
  );
}

function Rush({
  outlook,
  today,
  onMove,
}: {
  outlook: Expected;
  today: string;
  onMove: (day: string) => void;
}) {
  const day = outlook.first_day_without_rush;
  return (
    <div className={classes.rush}>
      <p>{text("requests.outlook.rush")}</p>
      <Button size="compact-sm" variant="default" onClick={() => onMove(day)}>
        {text("requests.use_day", { day: formatDay(day, today) })}
      </Button>
    </div>
  );
}

function whoWords({ holder, name }: Decision): string {
  if (holder === "owner")
    return name ? text("requests.outlook.owner_named", { name }) : text("requests.outlook.owner");
  return holder === "advocate" ? text("requests.outlook.advocate") : text("requests.outlook.program");
}

function timeWords(decision: Decision, least: number): string {
  const { median_hours: median, ninetieth_hours: ninetieth, cases } = decision;
  if (median === null || ninetieth === null) return text("requests.outlook.unknown", { cases, least });
  if (ninetieth < 1) return text("requests.outlook.usual_quick", { cases });
  return text("requests.outlook.usual", {
    median: hoursWords(median),
    ninetieth: hoursWords(ninetieth),
    cases,
  });
}

/** Hours up to two days, days after. */
function hoursWords(hours: number): string {
  if (hours < 1) return text("requests.outlook.within_hour");
  if (hours < 48) return text("requests.outlook.hours", { count: Math.round(hours) });
  return text("requests.outlook.days", { count: Math.round(hours / 24) });
}

function chanceWords({ chance, cases_min: least }: Expected): string {
  if (chance.in_time === null) return text("requests.outlook.no_chance", { cases: chance.asks, least });
  return text("requests.outlook.chance", {
    count: chance.days,
    hits: chance.in_time,
    asks: chance.asks,
  });
}
