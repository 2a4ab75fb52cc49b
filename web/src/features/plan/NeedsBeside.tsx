import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";

interface NeedsBesideProps {
  /** References that stakeholder needs ask for until the last window ends. */
  wanted: number;
  /** How many of them can be served, where supply was looked at. */
  served?: number;
}

/** What stakeholders need beside the deals; nothing where they need nothing. */
export function NeedsBeside({ wanted, served }: NeedsBesideProps) {
  if (wanted === 0) return null;
  const count = wanted;
  return (
    <p className="meta">
      {served === undefined
        ? text("plan.needs_beside", { count, wanted: formatNumber(wanted) })
        : text("plan.needs_first", {
            count,
            wanted: formatNumber(wanted),
            served: formatNumber(served),
          })}{" "}
      <AppLink href={paths.needs()}>{text("plan.needs_open")}</AppLink>
    </p>
  );
}
