import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { accountsTotalQuery, advocatesTotalQuery } from "../../api/queries";
import { unmappedQuery } from "../../api/taxonomy-queries";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import classes from "./HomePage.module.css";

const STALE_DAYS = 180;

interface Line {
  key: string;
  label: string;
  href: string;
  query: Pick<UseQueryResult<number>, "data" | "isError">;
}

/** What wears out when nobody looks: each line counts on the server and leads to its list. */
export function Steward() {
  const unmapped = useInfiniteQuery(unmappedQuery());
  const lines: Line[] = [
    {
      key: "nominated",
      label: text("home.steward_nominated"),
      href: paths.advocates({ status: "nominated" }),
      query: useQuery(advocatesTotalQuery({ status: "nominated" })),
    },
    {
      key: "stale",
      label: text("home.steward_stale"),
      href: paths.advocates({ status: "active", stale: "yes", sort: "verified" }),
      query: useQuery(advocatesTotalQuery({ status: "active", stale_days: STALE_DAYS })),
    },
    {
      key: "unmapped",
      label: text("home.steward_unmapped"),
      href: paths.unmapped(),
      query: { data: unmapped.data?.pages[0]?.total, isError: unmapped.isError },
    },
    {
      key: "unowned",
      label: text("home.steward_unowned"),
      href: paths.accounts({ owner: "nobody" }),
      query: useQuery(accountsTotalQuery({ unowned: true })),
    },
    {
      key: "locked",
      label: text("home.steward_locked"),
      href: paths.accounts({ locked: "yes" }),
      query: useQuery(accountsTotalQuery({ locked: true })),
    },
  ];
  return (
    <Section title={text("home.steward")}>
      <ul>
        {lines.map(({ key, label, href, query }) => (
          <li key={key} className={classes.line}>
            <AppLink href={href}>{label}</AppLink>
            <span className="numbers">
              {query.isError
                ? text("state.unknown")
                : query.data === undefined
                  ? text("state.none")
                  : formatNumber(query.data)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
