//! A deal on its page, while it is changed.

import { useQueryClient } from "@tanstack/react-query";
import { opportunityQuery } from "../../api/queries";
import type { Opportunity } from "../../api/types";

/** How a deal is read again and kept, whatever of it was changed. */
export function useDealEdits(deal: Opportunity) {
  const cache = useQueryClient();
  return {
    read: () => cache.fetchQuery({ ...opportunityQuery(deal.id), staleTime: 0 }),
    keep: (saved: Opportunity) => {
      cache.setQueryData(opportunityQuery(deal.id).queryKey, saved);
      for (const key of ["opportunities", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved: Opportunity) => saved.name,
  };
}
