import { canImport, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Empty } from "../../ui/states";

/** A plan without a deal: where deals come from, for those who can bring them in. */
export function NoDeals() {
  const brings = canImport(useSession());
  return (
    <Empty
      title={text("plan.none")}
      why={text("plan.none_why")}
      next={
        brings ? (
          <AppLink href={paths.imports()}>{text("list.import")}</AppLink>
        ) : (
          <AppLink href={paths.list("opportunities")}>{text("metric.open_deals")}</AppLink>
        )
      }
    />
  );
}
