import { Button, CopyButton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { Candidate } from "../../api/types";
import { formatInstant } from "../../format/format";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { Failed, Loading } from "../../ui/states";
import classes from "./RequestPage.module.css";

export interface DialogProps {
  candidate: Candidate;
  onClose: () => void;
}

export const submitted = (act: () => void) => (event: FormEvent) => {
  event.preventDefault();
  act();
};

interface LinkProps {
  title: string;
  /** The message that says what to do with it and until when. */
  why:
    | "requests.link_why"
    | "requests.debrief_link_why"
    | "requests.slots.link_offer_why"
    | "requests.slots.link_pick_why";
  queryKey: readonly (string | number)[];
  make: () => Promise<{ url: string; expires_at: string }>;
  onClose: () => void;
}

/** A single-use link, made once and shown to be copied. */
export function LinkDialog({ title, why, queryKey, make, onClose }: LinkProps) {
  const query = useQuery({
    queryKey,
    queryFn: make,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <FormDialog title={title} onClose={onClose}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} />
      ) : (
        <div className={classes.form}>
          <p className="soft">{text(why, { when: formatInstant(query.data.expires_at) })}</p>
          <TextInput
            readOnly
            aria-label={title}
            value={query.data.url}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={query.data.url}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{text(copied ? "action.copied" : "action.copy")}</Button>
            )}
          </CopyButton>
        </div>
      )}
    </FormDialog>
  );
}
