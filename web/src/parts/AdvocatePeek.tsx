import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { advocateQuery } from "../api/queries";
import type { Advocate, MatchRow } from "../api/types";
import { formatShare } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { SidePeek } from "../ui/SidePeek";
import { Failed, Loading } from "../ui/states";
import classes from "./AdvocatePeek.module.css";
import { activityName } from "./activity";
import { ContentList } from "./ContentList";
import { AvailabilityMark } from "./marks";
import { ReasonBars } from "./ReasonBars";
import { UsageStrip } from "./UsageStrip";

interface Props {
  advocate: string | undefined;
  onClose: () => void;
  onRequest?: (advocate: string) => void;
  /** What the button says; asking for a reference when absent. */
  verb?: string;
  /** The row of the answer, where the look comes from a search: why this one fits. */
  match?: MatchRow;
}

/** A closer look beside the list, so the list stays where it was. */
export function AdvocatePeek({ advocate, onClose, onRequest, verb = text("find.request"), match }: Props) {
  return (
    <SidePeek title={text("find.peek")} opened={advocate !== undefined} onClose={onClose}>
      {advocate ? <PeekBody id={advocate} match={match} onRequest={onRequest} verb={verb} /> : null}
    </SidePeek>
  );
}

interface BodyProps {
  id: string;
  onRequest: ((advocate: string) => void) | undefined;
  verb: string;
  match: MatchRow | undefined;
}

function PeekBody({ id, onRequest, verb, match }: BodyProps) {
  const query = useQuery(advocateQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const advocate = query.data;
  return (
    <div className={classes.peek}>
      <div>
        <h3>{advocate.display_name}</h3>
        {advocate.name_masked ? null : (
          <p className="soft">{[advocate.title, advocate.account?.name].filter(Boolean).join(" · ")}</p>
        )}
      </div>
      <div className={classes.row}>
        {advocate.availability ? <AvailabilityMark availability={advocate.availability} /> : null}
        {match?.relevance == null ? null : (
          <strong>{`${formatShare(match.relevance)} ${text("find.match")}`}</strong>
        )}
      </div>
      {match && match.reasons.length > 0 ? (
        <div>
          <h3>{text("find.peek_why")}</h3>
          <ReasonBars row={match} />
        </div>
      ) : null}
      <Story advocate={advocate} />
      <Topics advocate={advocate} />
      <UsageStrip usage={advocate.usage} />
      <div>
        <h3>{text("find.peek_activities")}</h3>
        <p>
          {advocate.activities.map((one) => activityName(one.activity)).join(" · ") || text("state.none")}
        </p>
      </div>
      {advocate.content.length > 0 ? (
        <div>
          <h3>{text("find.content")}</h3>
          <ContentList rows={advocate.content.slice(0, 3)} />
        </div>
      ) : null}
      <div className={classes.row}>
        {onRequest ? <Button onClick={() => onRequest(id)}>{verb}</Button> : null}
        <AppLink href={paths.advocate(id)}>{text("find.peek_open")}</AppLink>
        <AppLink href={paths.find({ like: id })}>{text("find.like_this")}</AppLink>
      </div>
    </div>
  );
}

function Story({ advocate }: { advocate: Advocate }) {
  if (!advocate.headline && !advocate.story) return null;
  return (
    <div>
      <h3>{text("find.peek_story")}</h3>
      {advocate.headline ? <p>{advocate.headline}</p> : null}
      {advocate.story ? <p className="soft">{advocate.story}</p> : null}
    </div>
  );
}

function Topics({ advocate }: { advocate: Advocate }) {
  return (
    <>
      {advocate.topics_can.length > 0 ? (
        <div>
          <h3>{text("find.peek_can")}</h3>
          <p>{advocate.topics_can.join(" · ")}</p>
        </div>
      ) : null}
      {advocate.topics_cannot.length > 0 ? (
        <div>
          <h3>{text("find.peek_cannot")}</h3>
          <p>{advocate.topics_cannot.join(" · ")}</p>
        </div>
      ) : null}
    </>
  );
}
