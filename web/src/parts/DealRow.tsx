import type { Opportunity } from "../api/types";
import { formatDay, formatDistance, formatMoneyShort } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { ReferenceMark } from "./marks";
import classes from "./rows.module.css";
import { useSession } from "./session";

interface Props {
  deal: Opportunity;
  /** What the row says first; the stage where the page is the account's. */
  leads?: "account" | "stage";
}

/** One deal as a row of a short list. */
export function DealRow({ deal, leads = "account" }: Props) {
  const { today } = useSession();
  const lead =
    leads === "account"
      ? (deal.account?.name ?? deal.account_raw)
      : (deal.stage_raw ?? (deal.stage ? text(`deal_stage.${deal.stage}`) : null));
  return (
    <AppLink href={paths.opportunity(deal.id)} className={classes.row}>
      <span className={classes.words}>
        <span className={classes.name}>{deal.name}</span>
        <span className="meta">
          {[lead, deal.amount ? formatMoneyShort(deal.amount) : null].filter(Boolean).join(" · ")}
          {deal.close_on ? (
            <span title={formatDay(deal.close_on)}>
              {" "}
              · {text("home.closes", { distance: formatDistance(deal.close_on, today) })}
            </span>
          ) : null}
        </span>
      </span>
      <ReferenceMark has={deal.has_reference} openRequests={deal.open_requests} />
    </AppLink>
  );
}
