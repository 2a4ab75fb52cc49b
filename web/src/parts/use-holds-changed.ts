import { useQueryClient } from "@tanstack/react-query";
import type { Hold } from "../api/types";

/** What a hold changes wherever it shows: the deal, the advocate, who can be had. */
export function useHoldsChanged() {
  const cache = useQueryClient();
  return (hold: Pick<Hold, "advocate" | "opportunity">) => {
    const keys: unknown[][] = [
      ["holds"],
      ["advocate", hold.advocate.id],
      ["timeline", "advocates", hold.advocate.id],
      ["timeline", "opportunities", hold.opportunity?.id],
      ["advocates"],
      ["matches"],
    ];
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  };
}
