import { Button, Checkbox, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { opportunityQuery, requestQuery, workbenchQuery } from "../../api/queries";
import type { CriterionInput, Limits, Request, Workbench } from "../../api/types";
import { formatDay } from "../../format/format";
import { ActivitySelect, readActivity } from "../../parts/ActivitySelect";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { DealSelect } from "../../parts/DealSelect";
import { MatchList } from "../../parts/MatchList";
import { requestTitle } from "../../parts/RequestRow";
import { RequestSheet } from "../../parts/RequestSheet";
import { useProposing } from "../../parts/use-proposing";
import { paths, type WorkbenchSearch } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { Section } from "../../ui/Section";
import { Slider } from "../../ui/Slider";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { Chips } from "./Chips";
import { Compare } from "./Compare";
import { ExcludedList } from "./ExcludedList";
import {
  criteriaShown,
  keptAsText,
  meaning,
  readWeights,
  settled,
  toQuery,
  withoutWord,
  writeWeights,
} from "./question";
import { type Picks, Shortlist, usePicks } from "./Shortlist";
import classes from "./Workbench.module.css";

/** Fast enough to follow a hand, slow enough not to ask for every step of it. */
const TRY_AFTER_MS = 150;
const ROWS = 20;
const ROWS_MAX = 200;

/** For the program team: one need, its criteria and weights, the ranking, and who is missing and why. */
export function WorkbenchPage() {
  const search = useSearch({ from: "/signed-in/match" });
  const change = useSearchChange();
  const [weights, setWeights] = useState(() => readWeights(search.w));
  const [tried] = useDebouncedValue(weights, TRY_AFTER_MS);
  const [limit, setLimit] = useState(ROWS);
  // A reload, and a colleague who gets the address, see the same ranking.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the weights alone are written
  useEffect(() => void change({ w: writeWeights(tried) }, { replace: true }), [tried]);
  const query = useQuery(
    workbenchQuery({ ask: { ...asked(search), limit }, request_id: search.for, weights: tried }),
  );
  const request = useQuery({ ...requestQuery(search.for ?? ""), enabled: search.for !== undefined });
  const picks = usePicks(search.pick, [...(query.data?.answer.rows ?? []), ...(query.data?.excluded ?? [])]);
  const shown = { search, query, picks, onMore: limit < ROWS_MAX ? () => setLimit(limit + ROWS) : undefined };
  return (
    <Page
      title={text("workbench.title")}
      lead={text("workbench.lead")}
      actions={
        request.data ? (
          <AppLink href={paths.request(request.data.id)}>
            {text("workbench.for_request", { name: requestTitle(request.data) })}
          </AppLink>
        ) : null
      }
    >
      <div className={classes.bench}>
        <div className={classes.left}>
          <Need search={search} query={query} />
          <Weights data={query.data} weights={weights} onChange={setWeights} />
        </div>
        <div className={classes.right}>
          {request.data?.can_propose ? (
            <ForRequest request={request.data} {...shown} />
          ) : (
            <ForDeal isOffered={search.for === undefined} {...shown} />
          )}
          {query.data ? <ExcludedList rows={query.data.excluded} /> : null}
        </div>
      </div>
      <Shortlist picks={picks} onCompare={() => void change({ compare: "yes" })} />
      <Compare
        opened={search.compare === "yes"}
        picks={picks}
        onClose={() => void change({ compare: undefined }, { replace: true })}
      />
    </Page>
  );
}

type Query = UseQueryResult<Workbench>;

/** A request says itself what for and by when: candidates are proposed for just that. */
function asked(search: WorkbenchSearch) {
  const ask = toQuery(search);
  return search.for ? { ...ask, activity: undefined, need_by: undefined } : ask;
}

/** What is looked for: the deal or the request fills it, every part can be changed. */
function Need({ search, query }: { search: WorkbenchSearch; query: Query }) {
  const change = useSearchChange();
  const answer = query.data?.answer;
  const criteria = criteriaShown(search, answer, !query.isPlaceholderData);
  const setCriteria = (next: CriterionInput[]) => void change(settled(next, answer), { replace: true });
  return (
    <Section title={text("workbench.need")}>
      {search.for ? null : search.deal ? (
        <ForDealLine deal={search.deal} />
      ) : (
        <DealSelect
          label={text("find.deal_pick")}
          value={null}
          onChange={(deal) => void change({ deal: deal ?? undefined, c: undefined })}
        />
      )}
      <SearchField
        label={text("find.box")}
        placeholder={text("find.placeholder")}
        value={search.q ?? ""}
        onSearch={(q) => void change(q ? { q } : { q: undefined, keep: undefined }, { replace: true })}
      />
      <Chips
        criteria={criteria}
        answer={answer}
        onChange={setCriteria}
        onKeep={(words) => void change(keptAsText(search, words), { replace: true })}
        onMeaning={(one, other) => setCriteria(meaning(criteria, one, other))}
        onDropWord={(word) => void change({ q: withoutWord(search.q, word) }, { replace: true })}
      />
      {search.for ? null : (
        <div className={classes.options}>
          <ActivitySelect
            label={text("find.activity")}
            value={readActivity(search.activity ?? answer?.activity)}
            onChange={(activity) => void change({ activity }, { replace: true })}
          />
          <TextInput
            type="date"
            label={text("find.need_by")}
            value={search.by ?? answer?.need_by ?? ""}
            onChange={(event) =>
              void change({ by: event.currentTarget.value || undefined }, { replace: true })
            }
          />
        </div>
      )}
      <Checkbox
        label={text("find.only_free")}
        checked={search.show !== "all"}
        onChange={(event) =>
          void change({ show: event.currentTarget.checked ? undefined : "all" }, { replace: true })
        }
      />
    </Section>
  );
}

/** Says for which deal, whoever owns it, and lets go of it. */
function ForDealLine({ deal }: { deal: string }) {
  const change = useSearchChange();
  const name = useQuery(opportunityQuery(deal)).data?.name ?? text("state.loading");
  return (
    <p className={classes.deal}>
      <AppLink href={paths.opportunity(deal)}>{text("find.deal", { name })}</AppLink>
      <CloseButton
        size="sm"
        aria-label={text("find.remove", { name })}
        onClick={() => void change({ deal: undefined, c: undefined })}
      />
    </p>
  );
}

interface WeightsProps {
  data: Workbench | undefined;
  weights: Record<string, number>;
  onChange: (weights: Record<string, number>) => void;
}

/** A slider per criterion. */
function Weights({ data, weights, onChange }: WeightsProps) {
  const isTried = Object.keys(weights).length > 0;
  return (
    <Section
      title={text("workbench.weights")}
      aside={
        isTried ? (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({})}>
            {text("workbench.weights_reset")}
          </Button>
        ) : null
      }
    >
      <p className="soft">
        {text(data && data.weights.length === 0 ? "workbench.weights_none" : "workbench.weights_hint")}
      </p>
      {(data?.weights ?? []).map((one) => (
        <Slider
          key={one.key}
          label={one.name}
          note={text("workbench.program_weight", { value: one.standard })}
          value={weights[one.key] ?? one.weight}
          min={1}
          max={100}
          onChange={(weight) => onChange({ ...weights, [one.key]: weight })}
        />
      ))}
    </Section>
  );
}

interface Shown {
  search: WorkbenchSearch;
  query: Query;
  picks: Picks;
  /** Absent where no longer ranking is given. */
  onMore: (() => void) | undefined;
}

/** Proposes on a request. Nobody is asked before the owner says yes. */
function ForRequest({ request, ...shown }: Shown & { request: Request }) {
  const change = useSearchChange();
  const { propose, problem } = useProposing(request, () => void change({ peek: undefined }));
  return (
    <>
      {problem}
      <Ranking {...shown} onRequest={propose} isProposing />
    </>
  );
}

/** Asks for a deal, or for nothing yet. */
function ForDeal({ isOffered, ...shown }: Shown & { isOffered: boolean }) {
  const change = useSearchChange();
  const { search, query } = shown;
  const deal = useQuery({ ...opportunityQuery(search.deal ?? ""), enabled: search.deal !== undefined });
  const ask = (advocate: string | undefined) => void change({ ask: advocate, peek: undefined });
  const answer = query.data?.answer;
  return (
    <>
      <Ranking {...shown} onRequest={isOffered ? ask : undefined} />
      <RequestSheet
        start={
          search.ask
            ? {
                advocates: [search.ask],
                opportunity: search.deal,
                opportunityName: deal.data?.name,
                criteria: criteriaShown(search, answer, true),
                activity: readActivity(search.activity ?? answer?.activity),
                needBy: search.by ?? answer?.need_by,
                content: answer?.content,
              }
            : null
        }
        onClose={() => ask(undefined)}
      />
    </>
  );
}

interface RankingProps extends Shown {
  onRequest: ((advocate: string) => void) | undefined;
  isProposing?: boolean;
}

/** The matches with their points, and what the limits leave of each. */
function Ranking({ search, query, picks, onMore, onRequest, isProposing = false }: RankingProps) {
  const change = useSearchChange();
  const [isExplained, setExplained] = useState(true);
  const answer = query.data?.answer;
  const verb = isProposing
    ? ({ label: text("requests.propose"), named: "requests.propose_named" } as const)
    : undefined;
  return (
    <Section
      plain
      title={text("workbench.ranked")}
      aside={
        <Checkbox
          label={text("workbench.points")}
          checked={isExplained}
          onChange={(event) => setExplained(event.currentTarget.checked)}
        />
      }
    >
      {query.isPending ? (
        <Loading rows={5} height={92} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <p role="status">
            {text("find.total", {
              count: query.data.answer.total,
              accounts: text("find.accounts", { count: query.data.answer.accounts }),
            })}
          </p>
          {query.data.answer.rows.length === 0 ? (
            <Empty title={text("workbench.nobody")} why={text("workbench.nobody_why")} />
          ) : (
            <MatchList
              rows={query.data.answer.rows}
              onPeek={(peek) => void change({ peek })}
              picked={picks.ids}
              onPick={picks.toggle}
              onRequest={onRequest}
              verb={verb}
              isExplained={isExplained}
              note={(row) => <LimitWords limits={query.data.limits[row.advocate]} />}
            />
          )}
          {answer?.next_cursor && onMore ? (
            <Button variant="default" className={classes.more} onClick={onMore}>
              {text("find.more")}
            </Button>
          ) : null}
        </>
      )}
      <AdvocatePeek
        advocate={search.peek}
        verb={verb?.label}
        onClose={() => void change({ peek: undefined }, { replace: true })}
        onRequest={onRequest}
      />
    </Section>
  );
}

/** What caps, rests and own limits leave on the day. */
function LimitWords({ limits }: { limits: Limits | undefined }) {
  if (!limits) return null;
  const words = [
    text("workbench.uses_left", { count: limits.uses_left }),
    limits.is_rush ? text("workbench.rush") : null,
    limits.uses_left === 0 && limits.next_free
      ? text("workbench.free_on", { day: formatDay(limits.next_free) })
      : null,
  ];
  return <span className="meta">{words.filter(Boolean).join(" · ")}</span>;
}
