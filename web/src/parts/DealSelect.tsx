import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { opportunitiesQuery } from "../api/queries";
import { text } from "../text/text";

interface Props {
  value: string | null;
  onChange: (opportunity: string | null) => void;
  label: string;
  error?: ReactNode;
  isRequired?: boolean;
  /** Takes the focus where a sheet opens. */
  isFirst?: boolean;
}

/** One of the person's own open deals. */
export function DealSelect({ value, onChange, label, error, isRequired, isFirst }: Props) {
  const query = useInfiniteQuery(opportunitiesQuery({ scope: "mine", status: "open", sort: "close_on" }));
  const deals = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Select
      label={label}
      error={error}
      withAsterisk={isRequired}
      data-autofocus={isFirst || undefined}
      placeholder={text("requests.deal_pick")}
      data={deals.map((deal) => ({ value: deal.id, label: deal.name }))}
      value={value}
      onChange={onChange}
      clearable
      clearButtonProps={{ "aria-label": text("action.clear") }}
      searchable={deals.length > 8}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
