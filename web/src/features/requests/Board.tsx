import "../../text/board";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { boardQuery } from "../../api/board";
import type { BoardCard } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { holderOf } from "../../parts/CandidateSteps";
import { requestTitle } from "../../parts/RequestRow";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Mark } from "../../ui/Mark";
import { Failed, Loading } from "../../ui/states";
import classes from "./Board.module.css";

/** Open requests by who has them, with their age and which are likely to miss their day. */
export function Board() {
  const query = useQuery(boardQuery());
  if (query.isPending) return <Loading rows={6} height={96} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { columns, likely_late, total } = query.data;
  return (
    <>
      <p className="soft" aria-live="polite">
        {text("board.sentence", { total, late: likely_late })}
      </p>
      <div className={classes.board}>
        {columns.map(({ stage, cards }) => (
          <section key={stage} className={classes.column} aria-label={text(`board.stage.${stage}`)}>
            <h2 className={classes.head}>
              {text(`board.stage.${stage}`)}
              <span className="meta numbers">{formatNumber(cards.length)}</span>
            </h2>
            {cards.length === 0 ? <p className="soft">{text("board.empty")}</p> : null}
            <ul className={classes.cards}>
              {cards.map((card) => (
                <Card key={card.id} card={card} isAgreed={stage === "agreed"} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function Card({ card, isAgreed }: { card: BoardCard; isAgreed: boolean }) {
  const { today } = useSession();
  return (
    <li className={classes.card} data-late={card.is_likely_late || undefined}>
      <AppLink href={paths.request(card.id)} className={classes.name}>
        {requestTitle(card)}
      </AppLink>
      <span className="meta">
        {text("requests.need_by")} {formatDay(card.need_by, today)}
      </span>
      <span className="meta">
        {[
          text("board.here", { count: card.step_days }),
          card.age_days > card.step_days ? text("board.asked", { count: card.age_days }) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {isAgreed ? null : <span className="meta">{text("requests.holds", { holder: holderOf(card) })}</span>}
      {card.is_likely_late ? (
        <Mark tone="overdue" icon={<IconAlertTriangle />}>
          {card.likely_on && card.likely_on > today
            ? text("board.likely_late", { day: formatDay(card.likely_on, today) })
            : text("board.late")}
        </Mark>
      ) : card.likely_on ? (
        <span className="meta">{text("board.likely", { day: formatDay(card.likely_on, today) })}</span>
      ) : null}
    </li>
  );
}
