import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { readSearch, writeSearch } from "../paths/search";

/** Changes some of the address's parameters and keeps the rest; `undefined` removes one. */
export function useSearchChange() {
  const router = useRouter();
  return useCallback(
    (change: object, how: { replace?: boolean } = {}) => {
      const { pathname, searchStr } = router.state.location;
      const href = pathname + writeSearch({ ...readSearch(searchStr), ...change });
      return router.navigate({ href, replace: how.replace ?? false, resetScroll: false });
    },
    [router],
  );
}
