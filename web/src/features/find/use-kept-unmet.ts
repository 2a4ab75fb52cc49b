import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unmetQuery } from "../../api/queries";
import type { FindReferences, MatchAnswer } from "../../api/types";
import { hasAsked } from "./question";

/** So long a question has to stand before it counts as demand and not as typing. */
const SETTLED_AFTER_MS = 2_000;

/** Keeps a question that nobody fits as unmet demand once it stands still; whether it is kept. */
export function useKeptUnmet(
  query: FindReferences,
  answer: MatchAnswer | undefined,
  isCurrent: boolean,
): boolean {
  const written = JSON.stringify(query);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(written), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [written]);
  const isUnmet = isCurrent && answer !== undefined && answer.total === 0 && hasAsked(answer);
  const kept = useQuery({ ...unmetQuery(query), enabled: isUnmet && settled === written });
  return isUnmet && kept.data?.unmet_recorded === true;
}
