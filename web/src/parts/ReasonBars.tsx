import type { MatchRow } from "../api/types";
import { formatNumber } from "../format/format";
import { text } from "../text/text";
import classes from "./ReasonBars.module.css";

/** How the match adds up: one bar per criterion, its points beside it. */
export function ReasonBars({ row, id }: { row: MatchRow; id?: string }) {
  const most = Math.max(1, ...row.reasons.map((reason) => reason.points));
  return (
    <ul className={classes.bars} id={id} aria-label={text("find.match_points")}>
      {row.reasons.map((reason) => (
        <li key={reason.criterion} className={classes.row}>
          <span>{reason.words}</span>
          <span className={classes.track} aria-hidden="true">
            <span className={classes.fill} style={{ width: `${(reason.points / most) * 100}%` }} />
          </span>
          <span className={classes.points}>
            {text("find.points", { points: formatNumber(reason.points) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
