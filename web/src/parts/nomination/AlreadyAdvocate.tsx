import type { KnownNominee } from "../../api/types";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Notice } from "../../ui/states";

/** Says that somebody is in the program already, and leads there. */
export function AlreadyAdvocate({ advocate }: { advocate: KnownNominee["advocate"] }) {
  if (!advocate) return null;
  return (
    <Notice
      tone="ask"
      title={text("nomination.known")}
      action={
        advocate.advocate_id ? (
          <AppLink href={paths.advocate(advocate.advocate_id)}>{text("nomination.known_open")}</AppLink>
        ) : undefined
      }
    >
      {text("nomination.known_status", { status: text(`advocate_status.${advocate.status}`) })}
    </Notice>
  );
}
