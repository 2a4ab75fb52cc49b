//! Content that may answer the buyer before a customer is asked.

import { useQuery } from "@tanstack/react-query";
import { dealMatchesQuery } from "../api/queries";
import { text } from "../text/text";
import { DEFAULT_ACTIVITY } from "./ActivitySelect";
import type { RequestStart } from "./RequestSheet";
import classes from "./RequestSheet.module.css";
import { SendableContent } from "./SendableContent";

/** More would be a library, not a hint. */
const SHOWN_MAX = 2;

export function Substitute({ start }: { start: RequestStart }) {
  const { opportunity } = start;
  const query = useQuery({
    ...dealMatchesQuery(opportunity ?? "", {
      activity: start.activity ?? DEFAULT_ACTIVITY,
      only_available: true,
    }),
    enabled: opportunity !== undefined,
    retry: false,
  });
  // A line each: the sheet is for asking, and each title leads to the whole.
  const rows = (query.data?.content ?? start.content ?? [])
    .slice(0, SHOWN_MAX)
    .map((row) => ({ ...row, excerpt: "" }));
  if (rows.length === 0) return null;
  const deal = opportunity ? { id: opportunity, name: start.opportunityName ?? "" } : undefined;
  return (
    <section className={classes.substitute} aria-label={text("requests.outlook.substitute")}>
      <h3>{text("requests.outlook.substitute")}</h3>
      <p className="soft">{text("requests.outlook.substitute_why")}</p>
      <SendableContent rows={rows} deal={deal} />
    </section>
  );
}
