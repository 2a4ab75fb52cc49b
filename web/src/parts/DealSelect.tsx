import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type OpportunityFilter, opportunitiesQuery, opportunityQuery } from "../api/queries";
import type { Opportunity } from "../api/types";
import { formatDay, formatMoneyShort } from "../format/format";
import { text } from "../text/text";
import { SearchSelect } from "../ui/SearchSelect";

const OWN_OPEN: OpportunityFilter = { scope: "mine", status: "open", sort: "close_on" };

interface Props {
  value: string | null;
  onChange: (opportunity: string | null) => void;
  label: string;
  error?: ReactNode;
  isRequired?: boolean;
  /** Takes the focus where a sheet opens. */
  isFirst?: boolean;
  /** Which deals can be chosen; the person's own open ones, those that close soonest first, when not said. */
  among?: OpportunityFilter;
}

type Deal = Pick<Opportunity, "id" | "name" | "amount" | "close_on">;

/** One deal, looked for by its name or its company. */
export function DealSelect({ value, among = OWN_OPEN, ...field }: Props) {
  const [asked, setAsked] = useState("");
  const query = useInfiniteQuery(opportunitiesQuery({ ...among, q: asked || undefined }));
  const deals: Deal[] = query.data?.pages[0]?.items ?? [];
  const isElsewhere = value !== null && query.isSuccess && !deals.some((deal) => deal.id === value);
  const chosen = useQuery({ ...opportunityQuery(value ?? ""), enabled: isElsewhere });
  return (
    <SearchSelect
      {...field}
      value={value}
      placeholder={text("requests.deal_pick")}
      found={deals.map((deal) => optionOf(deal, deals))}
      known={chosen.data && optionOf(chosen.data, deals)}
      onAsk={setAsked}
      nothing={text(query.isPending ? "state.loading" : "uses.no_deal_found")}
      clear={text("action.clear")}
    />
  );
}

/** Deals of one name are told apart by their money and their day. */
function optionOf(deal: Deal, among: Deal[]) {
  const isAlone = !among.some(({ id, name }) => name === deal.name && id !== deal.id);
  const marks = [deal.amount && formatMoneyShort(deal.amount), deal.close_on && formatDay(deal.close_on)];
  return { value: deal.id, label: isAlone ? deal.name : [deal.name, ...marks.filter(Boolean)].join(" · ") };
}
