import { useInfiniteQuery } from "@tanstack/react-query";
import { requestsQuery } from "../../api/queries";
import type { Opportunity } from "../../api/types";
import { activityName } from "../../parts/activity";
import { holderWords } from "../../parts/CandidateSteps";
import { CandidateStateMark, RequestStatusMark } from "../../parts/marks";
import { OwnerConditions } from "../../parts/OwnerConditions";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./DealRequests.module.css";

/** Who was asked for this deal and where each stands. */
export function DealRequests({ deal }: { deal: Opportunity }) {
  const query = useInfiniteQuery(requestsQuery({ opportunity: deal.id }));
  const own = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={text("opportunities.requests")}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : own.length === 0 ? (
        <p className="soft">
          {text("opportunities.requests_none")}. {text("opportunities.requests_none_why")}
        </p>
      ) : (
        <ul className={classes.list}>
          {own.map((request) => (
            <li key={request.id} className={classes.request}>
              <div className={classes.head}>
                <AppLink href={paths.request(request.id)}>{activityName(request.activity)}</AppLink>
                <RequestStatusMark status={request.status} />
              </div>
              {request.candidates.map((candidate) => (
                <div key={candidate.id} className={classes.candidate}>
                  <span>
                    {candidate.advocate.display_name}
                    {candidate.advocate.name_masked ? "" : `, ${candidate.advocate.account_name}`}
                  </span>
                  <CandidateStateMark state={candidate.state} />
                  {candidate.holder === "nobody" ? null : (
                    <span className="meta">{holderWords(candidate)}</span>
                  )}
                  <OwnerConditions of={candidate} />
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
