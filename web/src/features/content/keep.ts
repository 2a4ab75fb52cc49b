import { useQueryClient } from "@tanstack/react-query";
import { contentQuery } from "../../api/content-queries";
import type { Content } from "../../api/types";

/** Puts a saved story in place of the one that was shown, and lets lists and history be read again. */
export function useKeepContent() {
  const cache = useQueryClient();
  return (saved: Content) => {
    cache.setQueryData(contentQuery(saved.id).queryKey, saved);
    void cache.invalidateQueries({ queryKey: ["content", "list"] });
    void cache.invalidateQueries({ queryKey: ["timeline", "content", saved.id] });
  };
}
