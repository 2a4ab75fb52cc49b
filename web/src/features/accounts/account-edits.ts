//! How a customer is read again and kept, whatever of it was changed.

import { useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "../../api/queries";
import type { Account } from "../../api/types";

export function useAccountEdits(account: Account) {
  const cache = useQueryClient();
  return {
    read: () => cache.fetchQuery({ ...accountQuery(account.id), staleTime: 0 }),
    keep: (saved: Account) => {
      cache.setQueryData(accountQuery(account.id).queryKey, saved);
      for (const key of ["accounts", "advocates", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved: Account) => saved.name,
  };
}
