import "../../text/holds";
import type { Opportunity } from "../../api/types";
import { HoldButton } from "../../parts/HoldButton";
import { HoldList } from "../../parts/HoldList";
import { canRequest, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";

/** Customers that are kept for this deal before it asks, and the way to keep one. */
export function DealHolds({ deal }: { deal: Opportunity }) {
  const asks = canRequest(useSession()) && deal.status === "open";
  return (
    <Section title={text("holds.title")} aside={asks ? <HoldButton deal={deal.id} /> : null}>
      <HoldList of={{ opportunity: deal.id }} none={text("holds.on_deal_none")} />
    </Section>
  );
}
