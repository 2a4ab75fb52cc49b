//! The terms of a record, changed where they stand. Values that stand for no term yet stay beside them:
//! they are mapped in the queue of the taxonomy.

import { useQueryClient } from "@tanstack/react-query";
import { termsQuery } from "../../api/taxonomy-queries";
import type { Tag } from "../../api/types";
import { text } from "../../text/text";
import { Tags } from "../Tags";
import { TermsField } from "../TermsField";
import { InlineField, type InlineRecord } from "./InlineField";

interface Tagged {
  version: number;
  terms: Tag[];
  can_edit: boolean;
}

interface Fields {
  terms: string[];
}

interface Props<Kept extends Tagged>
  extends Pick<InlineRecord<Kept, Fields>, "read" | "save" | "keep" | "nameOf"> {
  record: Kept;
  /** A facet that is not chosen here, because a field of its own says it. */
  without?: string;
}

export function InlineTags<Kept extends Tagged>({ record, without, ...edit }: Props<Kept>) {
  const cache = useQueryClient();
  const shown = record.terms.filter((tag) => tag.facet !== without);
  const of: InlineRecord<Kept, Fields> = {
    ...edit,
    record,
    canEdit: record.can_edit,
    fieldsOf: (kept) => ({
      terms: kept.terms
        .filter((tag) => tag.facet !== without)
        .flatMap((tag) => (tag.term_id ? [tag.term_id] : []))
        .sort(),
    }),
    labelOf: () => text("inline.tags"),
    show: (_, value) =>
      (cache.getQueryData(termsQuery().queryKey) ?? [])
        .filter((term) => Array.isArray(value) && value.includes(term.id))
        .map((term) => term.name)
        .join(", "),
  };
  return (
    <InlineField
      of={of}
      field="terms"
      isLong
      input={(form, label) => (
        <TermsField
          label={label}
          description={text("inline.tags_hint")}
          without={without}
          known={shown}
          {...form.getInputProps("terms")}
        />
      )}
    >
      {shown.length > 0 ? <Tags tags={shown} /> : <p className="soft">{text("inline.no_tags")}</p>}
    </InlineField>
  );
}
