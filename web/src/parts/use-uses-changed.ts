import { useQueryClient } from "@tanstack/react-query";
import type { DealUse } from "../api/types";

/** What a logged use changes wherever it shows: the deal, its metric, the advocate, who can be had. */
export function useUsesChanged() {
  const cache = useQueryClient();
  return (use: Pick<DealUse, "advocate_id" | "opportunity_id">) => {
    const keys: unknown[][] = [
      ["uses", use.opportunity_id],
      ["timeline", "opportunities", use.opportunity_id],
      ["opportunity", use.opportunity_id],
      ["advocate", use.advocate_id],
      ["timeline", "advocates", use.advocate_id],
      ["opportunities"],
      ["advocates"],
      ["matches"],
    ];
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  };
}
