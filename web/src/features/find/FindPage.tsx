import { Button, Checkbox, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { matchesQuery, opportunityQuery } from "../../api/queries";
import type { CriterionInput, FindReferences, MatchAnswer } from "../../api/types";
import { ActivitySelect, readActivity } from "../../parts/ActivitySelect";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { DealSelect } from "../../parts/DealSelect";
import { RequestSheet, type RequestStart } from "../../parts/RequestSheet";
import { canRequest, useSession } from "../../parts/session";
import { readCriteria, writeCriteria } from "../../paths/criteria";
import { text } from "../../text/text";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { Chips } from "./Chips";
import { Facets } from "./Facets";
import classes from "./FindPage.module.css";
import { Results } from "./Results";

/** One box, chips, and ranked matches with reasons. Everything asked stands in the address. */
export function FindPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/find" });
  const change = useSearchChange();
  const [areFacetsOpen, facets] = useDisclosure(false);
  const query = useInfiniteQuery(matchesQuery(toQuery(search)));
  const deal = useQuery({ ...opportunityQuery(search.deal ?? ""), enabled: search.deal !== undefined });
  const answer = query.data?.pages[0];
  const criteria = search.c ? readCriteria(search.c) : fromAnswer(answer);
  const setCriteria = (next: CriterionInput[]) => void change({ c: writeCriteria(next) }, { replace: true });
  const setRequest = (request: string | undefined) => void change({ request, peek: undefined });
  const start: RequestStart | null = search.request
    ? {
        advocate: search.request === "criteria" ? undefined : search.request,
        opportunity: search.deal,
        opportunityName: deal.data?.name,
        criteria,
        activity: readActivity(search.activity ?? answer?.activity),
        needBy: search.by ?? answer?.need_by,
        content: answer?.content,
      }
    : null;
  return (
    <Page title={text("find.title")}>
      <div className={classes.ask}>
        <SearchField
          label={text("find.box")}
          placeholder={text("find.placeholder")}
          value={search.q ?? ""}
          onSearch={(q) => void change({ q }, { replace: true })}
        />
        <Chips criteria={criteria} answered={answer?.criteria ?? []} onChange={setCriteria} />
        <div className={classes.options}>
          <DealSelect
            label={text("find.deal_pick")}
            value={search.deal ?? null}
            onChange={(next) => void change({ deal: next, c: undefined })}
          />
          <ActivitySelect
            label={text("find.activity")}
            value={readActivity(search.activity ?? answer?.activity)}
            onChange={(activity) => void change({ activity }, { replace: true })}
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
        </div>
      </div>
      <div className={classes.body}>
        <div className={classes.facetColumn} data-open={areFacetsOpen || undefined}>
          <Button
            variant="default"
            size="xs"
            className={classes.facetSwitch}
            onClick={facets.toggle}
            aria-expanded={areFacetsOpen}
          >
            {text("find.facets_show")}
          </Button>
          <Facets facets={answer?.facets ?? []} criteria={criteria} onChange={setCriteria} />
        </div>
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
              onRelax={(next, isAvailabilityDropped) =>
                void change(
                  { c: writeCriteria(next), ...(isAvailabilityDropped ? { show: "all" } : {}) },
                  { replace: true },
                )
              }
              onPeek={(peek) => void change({ peek })}
              onRequest={canRequest(session) ? setRequest : undefined}
            />
          ) : null}
        </div>
      </div>
      <AdvocatePeek
        advocate={search.peek}
        onClose={() => void change({ peek: undefined }, { replace: true })}
        onRequest={canRequest(session) ? setRequest : undefined}
      />
      <RequestSheet start={start} onClose={() => setRequest(undefined)} />
    </Page>
  );
}

interface Asked {
  q?: string;
  c?: string[];
  activity?: string;
  by?: string;
  show?: "all";
  deal?: string;
}

/** Absent criteria let the server read them from the deal or the words; an empty list asks for none. */
function toQuery(search: Asked): FindReferences {
  return {
    opportunity_id: search.deal,
    criteria: search.c ? readCriteria(search.c) : undefined,
    text: search.q,
    activity: readActivity(search.activity),
    need_by: search.by,
    only_available: search.show !== "all",
  };
}

/** What the server read from the deal, in the form that can be changed. */
function fromAnswer(answer: MatchAnswer | undefined): CriterionInput[] {
  return (answer?.criteria ?? []).map(({ facet, terms, must, weight }) => ({
    facet,
    terms: terms.map((term) => term.id),
    must,
    weight,
  }));
}
