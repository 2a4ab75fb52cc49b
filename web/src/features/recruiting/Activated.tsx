import { useInfiniteQuery } from "@tanstack/react-query";
import { advocatesQuery } from "../../api/queries";
import { formatDistance, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Failed, Loading } from "../../ui/states";
import classes from "./RecruitingPage.module.css";
import { type Drop, dropProps } from "./stages";

/** The newest members: what the board is for, and where its last move leads. */
const NEWEST = 5;

/** The last column: how many can be asked, and who came to it last. */
export function Activated({ isSeen, drop }: { isSeen: boolean; drop: Drop }) {
  const { today } = useSession();
  const query = useInfiniteQuery(advocatesQuery({ status: "active", limit: NEWEST }));
  const page = query.data?.pages[0];
  return (
    <section
      className={classes.column}
      data-seen={isSeen || undefined}
      aria-label={text("advocate_status.active")}
      {...dropProps(drop)}
    >
      <h2 className={classes.head}>
        {text("advocate_status.active")}
        <span className="meta numbers">{page ? formatNumber(page.total) : ""}</span>
      </h2>
      {query.isPending ? (
        <Loading rows={3} height={64} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : page?.total === 0 ? (
        <p className="soft">{text("recruiting.empty")}</p>
      ) : (
        <>
          <ul className={classes.cards}>
            {page?.items.map((row) => (
              <li key={row.id} className={classes.done}>
                <AppLink href={paths.advocate(row.id)} className={classes.name}>
                  <bdi>{row.display_name}</bdi>
                </AppLink>
                <p className="meta">
                  {[row.account?.name, row.origin ? formatDistance(row.origin.since, today) : null]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </li>
            ))}
          </ul>
          <AppLink href={paths.advocates({ status: "active" })}>{text("recruiting.all_active")}</AppLink>
        </>
      )}
    </section>
  );
}
