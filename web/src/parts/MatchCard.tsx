import { Button, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import type { MatchRow, Reason } from "../api/types";
import { formatDay, formatDistance, formatNumber, formatShare } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { Initials } from "../ui/Initials";
import { activityName } from "./activity";
import { ContentIcon, ContentTitle } from "./ContentList";
import classes from "./MatchCard.module.css";
import { AvailabilityMark } from "./marks";
import { ReasonBars } from "./ReasonBars";
import { useSession } from "./session";

interface Props {
  row: MatchRow;
  /** What keeps a near match from fitting. */
  differs?: string[];
  isChosen?: boolean;
  onChoose?: () => void;
  onPeek?: () => void;
  /** Puts it on the shortlist, or takes it off. */
  onPick?: () => void;
  isPicked?: boolean;
  /** Absent where the person may not ask. */
  onRequest?: () => void;
  verb?: Verb;
  /** Said beside whether it is free. */
  note?: ReactNode;
  /** Opens how the match adds up. */
  isExplained?: boolean;
}

/** What the button of a match does. */
export interface Verb {
  label: string;
  /** The same with the advocate's name, for those who hear it. */
  named: "find.request_for" | "requests.propose_named";
}

const ACTIVITIES_SHOWN = 4;

/** One advocate that fits: who, how well and why, whether free, and what to use now. */
export function MatchCard({
  row,
  differs = [],
  isChosen = false,
  onChoose,
  onPeek,
  onPick,
  isPicked,
  onRequest,
  verb,
  note,
  isExplained = false,
}: Props) {
  const [toggled, setToggled] = useState(false);
  // What the list shows of all, turned round for this one.
  const open = toggled !== isExplained;
  const setOpen = (next: boolean) => setToggled(next !== isExplained);
  const why = useId();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: choosing by click doubles J and K; every action has its own button
    <article
      className={classes.card}
      data-chosen={isChosen || undefined}
      aria-label={`${row.display_name}, ${row.account_name}`}
      onClick={onChoose}
    >
      <Initials text={row.account_initials} size="large" />
      <div className={classes.main}>
        <div className={classes.title}>
          <AppLink href={paths.advocate(row.advocate)} className={classes.name}>
            {row.display_name}
          </AppLink>
          <span className={classes.who}>{whoWords(row)}</span>
        </div>
        <ReasonWords
          fits={row.reasons.filter((reason) => reason.points > 0)}
          misses={row.reasons.filter((reason) => reason.points === 0 && !differs.includes(reason.words))}
          isOpen={open}
          onOpen={() => setOpen(!open)}
        />
        {differs.length > 0 ? <p className={classes.differs}>{differs.join(" · ")}</p> : null}
        <div className={classes.line}>
          <AvailabilityMark availability={row.availability} />
          {note}
          <span className="meta">{activityWords(row)}</span>
          <VerifiedWords row={row} />
          {row.others_at_account > 0 ? (
            <span className="meta">{text("find.others", { count: row.others_at_account })}</span>
          ) : null}
        </div>
        {row.best_content ? (
          <div className={classes.content}>
            <span className="meta">{text("find.now")}</span>
            <ContentIcon row={row.best_content} />
            <ContentTitle row={row.best_content} />
          </div>
        ) : null}
        {open ? <ReasonBars id={why} row={row} /> : null}
      </div>
      <div className={classes.side}>
        {row.relevance === null ? null : (
          <UnstyledButton
            className={classes.score}
            aria-expanded={open}
            aria-controls={why}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.share}>{formatShare(row.relevance)}</span>
            <span className={classes.match}>
              {text("find.match")}
              <span className="visually-hidden">, {text("find.match_points")}</span>
              <IconChevronDown
                size={13}
                aria-hidden="true"
                data-open={open || undefined}
                className={classes.chevron}
              />
            </span>
          </UnstyledButton>
        )}
        <div className={classes.actions}>
          {onPick ? (
            <Button
              size="xs"
              variant="subtle"
              aria-pressed={isPicked}
              aria-label={text(isPicked ? "find.unpick_for" : "find.pick_for", { name: row.display_name })}
              onClick={onPick}
            >
              {text(isPicked ? "find.unpick" : "find.pick")}
            </Button>
          ) : null}
          {onPeek ? (
            <Button size="xs" variant="subtle" onClick={onPeek}>
              {text("find.peek")}
            </Button>
          ) : null}
          {onRequest ? (
            <Button
              size="xs"
              disabled={row.availability.state === "blocked"}
              onClick={onRequest}
              aria-label={text(verb?.named ?? "find.request_for", { name: row.display_name })}
            >
              {verb?.label ?? text("find.request")}
            </Button>
          ) : null}
        </div>
      </div>
    </article>
  );
}

/** A masked name already is "title at account"; saying both again would be noise. */
function whoWords(row: MatchRow): string {
  return [
    row.name_masked ? null : row.title,
    row.name_masked ? null : row.account_name,
    row.persona && row.persona !== row.title ? row.persona : null,
    row.industry,
    row.region,
    row.employees ? text("find.staff", { number: formatNumber(row.employees) }) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

function activityWords(row: MatchRow): string {
  const labels = row.activities.map((one) => activityName(one.activity));
  const rest = labels.length - ACTIVITIES_SHOWN;
  return labels.slice(0, ACTIVITIES_SHOWN).join(" · ") + (rest > 0 ? ` +${rest}` : "");
}

/** What fits, in words; how many criteria do not is said after it and opens the sum. */
function ReasonWords({
  fits,
  misses,
  isOpen,
  onOpen,
}: {
  fits: Reason[];
  misses: Reason[];
  isOpen: boolean;
  onOpen: () => void;
}) {
  if (fits.length === 0 && misses.length === 0) return null;
  return (
    <div className={classes.fit}>
      <ul className={classes.reasons}>
        {fits.map((reason) => (
          <li key={reason.criterion} data-kind={reason.kind}>
            {reason.words}
          </li>
        ))}
      </ul>
      {misses.length > 0 ? (
        <UnstyledButton
          className={classes.misses}
          aria-expanded={isOpen}
          title={misses.map((reason) => reason.words).join(" · ")}
          onClick={onOpen}
        >
          {text("find.misses", { count: misses.length })}
        </UnstyledButton>
      ) : null}
    </div>
  );
}

function VerifiedWords({ row }: { row: MatchRow }) {
  const { today } = useSession();
  if (!row.verified_on) return <span className="meta">{text("find.never_verified")}</span>;
  return (
    <span className="meta" title={formatDay(row.verified_on)}>
      {text("find.verified", { when: formatDistance(row.verified_on, today) })}
    </span>
  );
}
