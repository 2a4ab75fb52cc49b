import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type AdvocateFilter, advocatesQuery } from "../api/queries";
import type { AdvocateRow } from "../api/types";
import { text } from "../text/text";
import { SearchSelect } from "../ui/SearchSelect";

interface Props {
  label: string;
  description?: string;
  value: string | null;
  onChange: (value: string | null) => void;
  error?: ReactNode;
  isFirst?: boolean;
  /** Who can be chosen at all. */
  among?: Pick<AdvocateFilter, "status">;
  /** An advocate who is not offered. */
  without?: string;
}

/** One advocate, looked for by the name of the account, or of the person where the reader sees names. */
export function AdvocateSearch({ among, without, ...field }: Props) {
  const [asked, setAsked] = useState("");
  const query = useInfiniteQuery(advocatesQuery({ ...among, q: asked || undefined }));
  const rows = (query.data?.pages[0]?.items ?? []).filter((row) => row.id !== without);
  return (
    <SearchSelect
      {...field}
      found={rows.map((row) => ({ value: row.id, label: labelOf(row) }))}
      onAsk={setAsked}
      nothing={text(query.isPending ? "state.loading" : "uses.none_found")}
      clear={text("action.clear")}
    />
  );
}

/** A masked name says the company already. */
function labelOf(row: AdvocateRow): string {
  return row.name_masked || !row.account ? row.display_name : `${row.display_name}, ${row.account.name}`;
}
