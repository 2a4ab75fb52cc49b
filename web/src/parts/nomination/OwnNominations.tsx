import { useInfiniteQuery } from "@tanstack/react-query";
import { advocatesQuery } from "../../api/queries";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { ask, withQuick } from "../list/filter";
import { AdvocateStatusMark } from "../marks";
import classes from "./OwnNominations.module.css";

const SHOWN_MAX = 5;

/** Whom one nominated last, with where each stands. */
export function OwnNominations() {
  const filter = withQuick([ask.anyOf("nominated_by", "me")], undefined);
  const query = useInfiniteQuery(advocatesQuery({ filter, sort: "added", direction: "descending" }));
  const rows = query.data?.pages[0]?.items.slice(0, SHOWN_MAX) ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={text("nomination.mine")} plain>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id} className={classes.row}>
            <AppLink href={paths.advocate(row.id)}>
              <bdi>{row.display_name}</bdi>
            </AppLink>
            <AdvocateStatusMark status={row.status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
