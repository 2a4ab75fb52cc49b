//! What keeps an account from being used: said where it stands, set with its reason and last day, and lifted.

import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { liftLock, lockAccount } from "../../api/account-queries";
import { fieldMessages, isCode } from "../../api/problem";
import type { Account, LockAccount, LockReason } from "../../api/types";
import { formatDay } from "../../format/format";
import formClasses from "../../parts/form.module.css";
import { canLockAccounts, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { FormProblem, Notice } from "../../ui/states";
import { useAccountEdits } from "./account-edits";

const REASONS = [
  "open_escalation",
  "renewal",
  "payment_dispute",
  "nps_drop",
  "opt_out",
  "other",
] as const satisfies readonly LockReason[];

type Lock = Account["locks"][number];

const reasonOf = (lock: Lock) => text(lock.reason ? `lock_reason.${lock.reason}` : "accounts.lock_hidden");

/** Every lock with its reason and days, and the way to lift it for those who may. */
export function Locks({ account }: { account: Account }) {
  const session = useSession();
  const { read, keep } = useAccountEdits(account);
  const mayLift = account.can_edit && canLockAccounts(session);
  return account.locks.map((lock) => {
    const reason = reasonOf(lock);
    const days = { from: formatDay(lock.from, session.today), until: formatDay(lock.until ?? "") };
    const lift = async () => {
      try {
        const saved = await liftLock(account, lock.id);
        keep(saved);
        undoLift(saved);
      } catch (error) {
        if (isCode(error, "stale_version")) await read();
        throw error;
      }
    };
    const undoLift = (saved: Account) => {
      const { reason, until, note } = lock;
      // Whoever lifts a lock reads its reason.
      if (reason === null) return notifyDone(text("account.lifted"), account.name);
      notifyUndo(text("account.lifted"), account.name, async () => {
        keep(await lockAccount(saved, { reason, until, note }));
      });
    };
    return (
      <Notice
        key={lock.id}
        tone="ask"
        title={text("account.locked", { reason })}
        action={
          mayLift ? (
            <ConfirmButton
              size="compact-sm"
              label={text("account.lift")}
              name={text("account.lift_this", { reason })}
              title={text("account.lift_ask", { name: account.name })}
              confirm={text("account.lift")}
              onConfirm={lift}
            >
              <p>{text("account.lift_why")}</p>
            </ConfirmButton>
          ) : undefined
        }
      >
        {text(lock.until ? "account.locked_between" : "account.locked_from", days)}
      </Notice>
    );
  });
}

/** Keeps an account from being used; nothing where the reader may not. */
export function KeepFromUse({ account }: { account: Account }) {
  const session = useSession();
  const [isOpen, dialog] = useDisclosure(false);
  if (!account.can_edit || !canLockAccounts(session)) return null;
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {text("account.lock")}
      </Button>
      <FormDialog
        title={text("account.lock_title", { name: account.name })}
        opened={isOpen}
        onClose={dialog.close}
      >
        {isOpen ? <LockForm account={account} onDone={dialog.close} /> : null}
      </FormDialog>
    </>
  );
}

function LockForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { today } = useSession();
  const { read, keep } = useAccountEdits(account);
  const form = useForm({
    initialValues: { reason: null as LockReason | null, until: "", note: "" },
    validate: {
      reason: (reason) => (reason ? null : text("account.lock_reason_missing")),
      until: (until) => (until !== "" && until < today ? text("account.lock_until_past") : null),
    },
  });
  const locking = useMutation({
    mutationFn: (input: LockAccount) => lockAccount(account, input),
    onSuccess: (saved) => {
      keep(saved);
      const known = account.locks.map((lock) => lock.id);
      const set = saved.locks.find((lock) => !known.includes(lock.id));
      notifyUndo(text("account.lock_done", { name: saved.name }), "", async () => {
        if (set) keep(await liftLock(saved, set.id));
      });
      onDone();
    },
    onError: (error) => {
      form.setErrors(fieldMessages(error));
      if (isCode(error, "stale_version")) void read();
    },
  });
  const save = () => {
    if (locking.isPending || form.validate().hasErrors) return;
    const { reason, until, note } = form.getValues();
    if (reason) locking.mutate({ reason, until: until || null, note: note.trim() || null });
  };
  return (
    <form
      noValidate
      className={formClasses.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="soft">{text("account.lock_lead")}</p>
      <Select
        label={text("account.lock_reason")}
        required
        data={REASONS.map((one) => ({ value: one, label: text(`lock_reason.${one}`) }))}
        {...form.getInputProps("reason")}
      />
      <TextInput
        type="date"
        min={today}
        label={text("account.lock_until")}
        description={text("account.lock_until_hint")}
        {...form.getInputProps("until")}
      />
      <Textarea
        label={text("account.lock_note")}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps("note")}
      />
      <FormProblem error={locking.error} onRetry={save} />
      <div className={formClasses.actions}>
        <Button type="submit" loading={locking.isPending}>
          {text("account.lock_save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
