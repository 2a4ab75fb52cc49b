import type { Request } from "../api/types";
import { formatDay } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { activityName } from "./activity";
import { CandidateSteps, holderWords } from "./CandidateSteps";
import { OverdueMark, RequestStatusMark } from "./marks";
import { OwnerConditions } from "./OwnerConditions";
import classes from "./rows.module.css";
import { useSession } from "./session";

const CANDIDATES_SHOWN = 2;

/** One request with where each candidate stands and who has it. */
export function RequestRow({ request }: { request: Request }) {
  const { today } = useSession();
  const moving = request.candidates.filter((one) => one.holder !== "nobody");
  const shown = (moving.length > 0 ? moving : request.candidates).slice(0, CANDIDATES_SHOWN);
  return (
    <article className={classes.request}>
      <div className={classes.requestHead}>
        <AppLink href={paths.request(request.id)} className={classes.name}>
          {requestTitle(request)}
        </AppLink>
        <RequestStatusMark status={request.status} />
        <span className="meta">
          {text("requests.need_by")} {formatDay(request.need_by, today)}
        </span>
      </div>
      {shown.map((candidate) => (
        <div key={candidate.id} className={classes.candidate}>
          <span className={classes.candidateName}>
            <span>
              {candidate.advocate.display_name}
              {candidate.advocate.name_masked ? "" : `, ${candidate.advocate.account_name}`}
            </span>
            <span className="meta">{holderWords(candidate)}</span>
            <OverdueMark candidate={candidate} />
          </span>
          <CandidateSteps candidate={candidate} isBrief />
          <div className={`meta ${classes.conditions}`}>
            <OwnerConditions of={candidate} />
          </div>
        </div>
      ))}
      {request.candidates.length === 0 ? (
        <p className="meta">
          {text(request.status === "draft" ? "requests.is_draft_why" : "requests.no_candidates_why")}
        </p>
      ) : null}
    </article>
  );
}

/** "Reference call for Northwind expansion". */
export function requestTitle(request: Pick<Request, "activity" | "opportunity" | "account_name">): string {
  const target = request.opportunity?.name ?? request.account_name;
  return target ? `${activityName(request.activity)} · ${target}` : activityName(request.activity);
}
