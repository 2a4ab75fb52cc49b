import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { StewardRow } from "../../api/types";
import { daysUntil } from "../../format/format";
import { NominationSheet } from "../../parts/NominationSheet";
import { canMoveAdvocates, canNominate, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { ConfirmButton } from "../../ui/ConfirmButton";

interface Props {
  row: StewardRow;
  isSaving: boolean;
  onRetire: () => Promise<unknown>;
}

/** The next steps where somebody leaves: who speaks for the customer now, and an end to the profile. */
export function Departure({ row, isSaving, onRetire }: Props) {
  const session = useSession();
  const [isNominating, nomination] = useDisclosure(false);
  const { account, name } = row;
  const isGone = row.on !== null && daysUntil(row.on, session.today) <= 0;
  return (
    <>
      {account && canNominate(session) ? (
        <>
          <Button size="xs" onClick={nomination.open}>
            {text("steward.next_contact")}
          </Button>
          <NominationSheet opened={isNominating} onClose={nomination.close} account={account} />
        </>
      ) : null}
      {isGone && canMoveAdvocates(session) ? (
        <ConfirmButton
          size="xs"
          disabled={isSaving}
          label={text("steward.retire")}
          name={text("steward.retire_name", { name })}
          title={text("steward.retire_title", { name })}
          confirm={text("steward.retire_confirm")}
          onConfirm={onRetire}
        >
          <p>{text("steward.retire_why")}</p>
        </ConfirmButton>
      ) : null}
    </>
  );
}
