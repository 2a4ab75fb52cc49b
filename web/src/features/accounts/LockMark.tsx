import { IconBan, IconCircleCheck } from "@tabler/icons-react";
import type { Account } from "../../api/types";
import { formatDay } from "../../format/format";
import { text } from "../../text/text";
import { Mark } from "../../ui/Mark";

/** Whether the account may be used at all. */
export function LockMark({ account, today }: { account: Account; today: string }) {
  const lock = account.locks[0];
  if (!lock) {
    return (
      <Mark tone="free" icon={<IconCircleCheck />}>
        {text("accounts.usable")}
      </Mark>
    );
  }
  return (
    <Mark
      tone="blocked"
      icon={<IconBan />}
      title={text("accounts.lock_reason", {
        reason: text(lock.reason ? `lock_reason.${lock.reason}` : "accounts.lock_hidden"),
        from: formatDay(lock.from, today),
      })}
    >
      {lock.until
        ? text("accounts.locked_until", { day: formatDay(lock.until, today) })
        : text("accounts.locked")}
    </Mark>
  );
}
