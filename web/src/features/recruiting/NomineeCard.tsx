import { Button } from "@mantine/core";
import { IconHourglass, IconMoonStars, IconTarget } from "@tabler/icons-react";
import type { AdvocateRow, AdvocateStatus } from "../../api/types";
import { daysUntil, formatDistance, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Mark } from "../../ui/Mark";
import { FormProblem } from "../../ui/states";
import classes from "./RecruitingPage.module.css";

/** From so many days on a nomination that nobody brought to an end is marked: the nominator waits. */
const LATE_DAYS = 30;

interface Props {
  row: AdvocateRow;
  to: AdvocateStatus;
  /** The profile of the recruiting target that the nominee was named for. */
  target: string | undefined;
  /** Asks that the profile would get in half a year, where they are less than one. */
  seldom: number | undefined;
  isChosen: boolean;
  isMoving: boolean;
  error: unknown;
  onDrag: (row: AdvocateRow | null) => void;
  onMove: () => void;
  onDecline: () => void;
}

/** Who was nominated, by whom and when, whose customer it is, and the next step. */
export function NomineeCard({
  row,
  to,
  target,
  seldom,
  isChosen,
  isMoving,
  error,
  onDrag,
  onMove,
  onDecline,
}: Props) {
  const step = text(`recruiting.step.${to}`);
  return (
    <li
      id={`card-${row.id}`}
      className={classes.card}
      aria-current={isChosen || undefined}
      draggable
      onDragStart={() => onDrag(row)}
      onDragEnd={() => onDrag(null)}
    >
      <AppLink href={paths.advocate(row.id)} className={classes.name} draggable={false}>
        <bdi>{row.display_name}</bdi>
      </AppLink>
      <p className="meta">{[row.title, row.account?.name].filter(Boolean).join(" · ")}</p>
      {target ? (
        <Mark tone="accent" icon={<IconTarget size={14} />}>
          {text("recruiting.for_target", { target })}
        </Mark>
      ) : null}
      <Came row={row} />
      {seldom === undefined ? null : (
        <div>
          <Mark tone="resting" icon={<IconMoonStars size={14} />}>
            {text("recruiting.seldom")}
          </Mark>
          <p className="meta">
            {text("recruiting.seldom_asks", { asks: formatNumber(seldom) })}{" "}
            <AppLink href={paths.content()}>{text("recruiting.seldom_content")}</AppLink>
          </p>
        </div>
      )}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          loading={isMoving}
          aria-label={text("recruiting.move_one", { name: row.display_name, step })}
          onClick={onMove}
        >
          {step}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          aria-label={text("recruiting.decline_one", { name: row.display_name })}
          onClick={onDecline}
        >
          {text("recruiting.decline")}
        </Button>
      </div>
      <FormProblem error={error} />
    </li>
  );
}

/** How long ago the nomination came, from whom, and who knows the customer. */
function Came({ row }: { row: AdvocateRow }) {
  const { today } = useSession();
  const { origin } = row;
  if (!origin) return null;
  const late = daysUntil(today, origin.since) >= LATE_DAYS;
  const from = origin.nominated_by
    ? text("recruiting.by", { name: origin.nominated_by })
    : origin.source && text("recruiting.source", { source: origin.source });
  const came = text("recruiting.came", { when: formatDistance(origin.since, today) });
  return (
    <>
      {late ? (
        <Mark tone="overdue" icon={<IconHourglass size={14} />}>
          {came}
        </Mark>
      ) : (
        <p className="meta">{came}</p>
      )}
      {from ? <p className="meta">{from}</p> : null}
      <p className="meta">
        {origin.owner ? text("recruiting.owner", { name: origin.owner }) : text("recruiting.no_owner")}
      </p>
    </>
  );
}
