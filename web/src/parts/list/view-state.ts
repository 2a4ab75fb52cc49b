import { useLocation } from "@tanstack/react-router";
import type { ListView } from "../../api/types";
import { readSearch } from "../../paths/search";

/** What is open beside the list, and what the shell keeps in every address, is no part of a view. */
const BESIDE = ["peek", "new", "user"];

/** The parameters of a list's address as a view keeps them. */
export function useViewState(): ListView["state"] {
  const { searchStr } = useLocation();
  const kept = Object.entries(readSearch(searchStr)).filter(([name]) => !BESIDE.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, Array.isArray(value) ? value : [value]]));
}
