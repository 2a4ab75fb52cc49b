import { Button, Checkbox, CloseButton, SegmentedControl, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconFilter } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { accountQuery, advocateQuery, matchesQuery, opportunityQuery } from "../../api/queries";
import type { CriterionInput, MatchAnswer } from "../../api/types";
import { ActivitySelect, readActivity } from "../../parts/ActivitySelect";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { DealSelect } from "../../parts/DealSelect";
import { RequestSheet, type RequestStart } from "../../parts/RequestSheet";
import { canPropose, canRequest, useSession } from "../../parts/session";
import { type FindSearch, paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { FoldButton, Folded, useFold } from "../../ui/Fold";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { Chips } from "./Chips";
import { Compare } from "./Compare";
import { Facets } from "./Facets";
import classes from "./FindPage.module.css";
import { Questions } from "./Questions";
import { criteriaShown, keptAsText, meaning, onWorkbench, settled, toQuery, withoutWord } from "./question";
import { Results } from "./Results";
import { Saved } from "./Saved";
import { SHORTLIST, Shortlist, usePicks } from "./Shortlist";
import { useKeptUnmet } from "./use-kept-unmet";

/** One box, chips, and ranked matches with reasons. Everything asked stands in the address. */
export function FindPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/find" });
  const change = useSearchChange();
  const facets = useFold();
  const options = useFold();
  const query = useInfiniteQuery(matchesQuery(toQuery(search)));
  const deal = useQuery({ ...opportunityQuery(search.deal ?? ""), enabled: search.deal !== undefined });
  const answer = query.data?.pages[0];
  const isCurrent = !query.isPlaceholderData;
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const criteria = criteriaShown(search, answer, isCurrent);
  const setCriteria = (next: CriterionInput[]) => void change(settled(next, answer), { replace: true });
  const setRequest = (request: string | undefined) => void change({ request, peek: undefined });
  const picks = usePicks(search.pick, rows);
  const settle = useSettleOnEnter(search.q, isCurrent, () => {
    if (answer && answer.recognised.length > 0) setCriteria(criteria);
  });
  const onRequest = canRequest(session) ? setRequest : undefined;
  const isEmpty = answer !== undefined && answer.total === 0;
  const isKept = useKeptUnmet(toQuery(search), answer, isCurrent);
  return (
    <Page title={text("find.title")}>
      <div className={classes.ask}>
        <div className={classes.box}>
          <SearchField
            label={text("find.box")}
            placeholder={text("find.placeholder")}
            value={search.q ?? ""}
            onSearch={(q) => void change(q ? { q } : { q, keep: undefined }, { replace: true })}
            onEnter={settle}
          />
          {isEmpty ? null : (
            <FoldButton fold={facets} label={text("find.facets_show")}>
              <IconFilter size={20} aria-hidden="true" />
            </FoldButton>
          )}
          <FoldButton fold={options} label={text("find.options")} on={optionsOn(search)}>
            <IconAdjustmentsHorizontal size={20} aria-hidden="true" />
          </FoldButton>
        </div>
        <Like search={search} />
        <Chips
          criteria={criteria}
          answer={answer}
          onChange={setCriteria}
          onKeep={(words) => void change(keptAsText(search, words), { replace: true })}
          onMeaning={(one, other) => setCriteria(meaning(criteria, one, other))}
          onDropWord={(word) => void change({ q: withoutWord(search.q, word) }, { replace: true })}
        />
        <Folded fold={options}>
          <Options search={search} activity={answer?.activity} />
        </Folded>
      </div>
      <div className={classes.body} data-alone={isEmpty || undefined}>
        {isEmpty ? null : (
          <Folded fold={facets}>
            <Facets facets={answer?.facets ?? []} criteria={criteria} onChange={setCriteria} />
          </Folded>
        )}
        <div className={classes.results}>
          {query.isPending ? (
            <Loading rows={5} height={92} />
          ) : query.isError && !answer ? (
            <Failed error={query.error} onRetry={() => void query.refetch()} />
          ) : answer ? (
            <Results
              query={query}
              answer={answer}
              criteria={criteria}
              isKept={isKept}
              isTable={search.view === "table"}
              picks={picks}
              onRelax={(next, isAvailabilityDropped) =>
                void change(
                  { ...settled(next, answer), ...(isAvailabilityDropped ? { show: "all" } : {}) },
                  { replace: true },
                )
              }
              onPeek={(peek) => void change({ peek }, { replace: search.peek !== undefined })}
              peeked={search.peek}
              onRequest={onRequest}
            />
          ) : null}
        </div>
      </div>
      <Shortlist
        picks={picks}
        onCompare={() => void change({ compare: "yes" })}
        onRequest={onRequest ? () => onRequest(SHORTLIST) : undefined}
      />
      <Compare
        opened={search.compare === "yes"}
        picks={picks}
        onClose={() => void change({ compare: undefined }, { replace: true })}
        onRequest={onRequest ? (request) => void change({ request, compare: undefined }) : undefined}
      />
      <Questions
        opened={search.questions === "yes"}
        asked={{
          opportunity_id: search.deal,
          activity: readActivity(search.activity),
          need_by: search.by,
        }}
        onClose={() => void change({ questions: undefined }, { replace: true })}
        onRequest={onRequest ? (request) => void change({ request, questions: undefined }) : undefined}
      />
      <AdvocatePeek
        advocate={search.peek}
        match={rows.find((row) => row.advocate === search.peek)}
        onClose={() => void change({ peek: undefined }, { replace: true })}
        onRequest={onRequest}
      />
      <RequestSheet
        start={startOf(search, deal.data?.name, criteria, answer)}
        onClose={() => setRequest(undefined)}
      />
    </Page>
  );
}

/** Says whom the search is modelled on, and lets go of it. */
function Like({ search }: { search: FindSearch }) {
  const change = useSearchChange();
  const advocate = useQuery({ ...advocateQuery(search.like ?? ""), enabled: search.like !== undefined });
  const account = useQuery({
    ...accountQuery(search.like_account ?? ""),
    enabled: search.like_account !== undefined,
  });
  if (!search.like && !search.like_account) return null;
  const name = advocate.data?.display_name ?? account.data?.name ?? text("state.loading");
  return (
    <p className={classes.like}>
      {text("find.like", { name })}
      <CloseButton
        size="sm"
        aria-label={text("find.like_drop", { name })}
        onClick={() => void change({ like: undefined, like_account: undefined }, { replace: true })}
      />
    </p>
  );
}

/** For which deal and activity, by when, and how the answer is shown. */
function Options({ search, activity }: { search: FindSearch; activity: string | undefined }) {
  const session = useSession();
  const change = useSearchChange();
  return (
    <div className={classes.options}>
      <DealSelect
        label={text("find.deal_pick")}
        value={search.deal ?? null}
        onChange={(next) => void change({ deal: next, c: undefined })}
      />
      <ActivitySelect
        label={text("find.activity")}
        value={readActivity(search.activity ?? activity)}
        onChange={(next) => void change({ activity: next }, { replace: true })}
      />
      <TextInput
        type="date"
        min={session.today}
        label={text("find.need_by")}
        value={search.by ?? ""}
        onChange={(event) => void change({ by: event.currentTarget.value }, { replace: true })}
      />
      <Checkbox
        className={classes.free}
        label={text("find.only_free")}
        checked={search.show !== "all"}
        onChange={(event) =>
          void change({ show: event.currentTarget.checked ? undefined : "all" }, { replace: true })
        }
      />
      <SegmentedControl
        className={classes.view}
        size="xs"
        aria-label={text("find.view")}
        value={search.view ?? "cards"}
        data={[
          { value: "cards", label: text("find.view_cards") },
          { value: "table", label: text("find.view_table") },
        ]}
        onChange={(view) => void change({ view: view === "table" ? view : undefined }, { replace: true })}
      />
      <Button size="xs" variant="default" onClick={() => void change({ questions: "yes" })}>
        {text("find.questions")}
      </Button>
      {canPropose(session) ? (
        <AppLink href={paths.workbench(onWorkbench(search))}>{text("workbench.open")}</AppLink>
      ) : null}
      <Saved ask={toQuery(search)} opened={search.saved} />
    </div>
  );
}

/** Enter turns the words into chips as soon as their answer is there. */
function useSettleOnEnter(asked: string | undefined, isCurrent: boolean, settle: () => void) {
  const [entered, setEntered] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs once per entered text, when its answer comes
  useEffect(() => {
    if (entered === undefined || !isCurrent || entered !== (asked ?? "")) return;
    setEntered(undefined);
    settle();
  }, [entered, asked, isCurrent]);
  return setEntered;
}

/** Nobody by name, everybody on the shortlist, or one advocate. */
function askedFor(request: string, picked: string[] = []): string[] {
  if (request === "criteria") return [];
  return request === SHORTLIST ? picked : [request];
}

function startOf(
  search: FindSearch,
  opportunityName: string | undefined,
  criteria: CriterionInput[],
  answer: MatchAnswer | undefined,
): RequestStart | null {
  if (!search.request) return null;
  return {
    advocates: askedFor(search.request, search.pick),
    opportunity: search.deal,
    opportunityName,
    criteria,
    activity: readActivity(search.activity ?? answer?.activity),
    needBy: search.by ?? answer?.need_by,
    content: answer?.content,
  };
}

/** How many of the options narrow the search, or widen it to those who are not free. */
const optionsOn = ({ deal, activity, by, show }: FindSearch) =>
  [deal, activity, by, show].filter(Boolean).length;
