import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Contact } from "../../api/types";
import { changeContact } from "../../api/writes";
import { RefusedMark } from "../../parts/RefusedMark";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import classes from "./ContactPage.module.css";

interface Props {
  contact: Contact;
  /** Puts the saved contact in place of the one that was shown. */
  keep: (saved: Contact) => void;
}

/** Whether letters reach the address of a contact, and saying otherwise. */
export function AddressState({ contact, keep }: Props) {
  const isRefused = contact.email_refused_on !== null;
  const saving = useMutation({
    mutationFn: async () => {
      const saved = await changeContact(contact, { email_refused: !isRefused });
      keep(saved);
      notifyUndo(
        text(isRefused ? "accounts.refused.works_said" : "accounts.refused.said"),
        saved.name,
        async () => keep(await changeContact(saved, { email_refused: isRefused })),
      );
    },
  });
  if (!contact.email || (!isRefused && !contact.can_edit)) return null;
  return (
    <div className={classes.address}>
      <RefusedMark on={contact.email_refused_on} />
      {contact.can_edit ? (
        <Button
          size="compact-sm"
          variant={isRefused ? "default" : "subtle"}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {text(isRefused ? "accounts.refused.works" : "accounts.refused.say")}
        </Button>
      ) : null}
      {isRefused ? <p className="meta">{text("accounts.refused.why")}</p> : null}
      <FormProblem error={saving.error} />
    </div>
  );
}
