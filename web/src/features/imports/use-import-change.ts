//! A change of the import; the answer is the import as it is now.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { importQuery } from "../../api/import-queries";
import type { Import } from "../../api/types";

export function useImportChange(change: (file: Import) => Promise<Import>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (now) => {
      cache.setQueryData(importQuery(now.id).queryKey, now);
      void cache.invalidateQueries({ queryKey: ["imports"] });
    },
  });
}
