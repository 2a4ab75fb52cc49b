import { ActionIcon, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { unreadQuery } from "../api/queries";
import { spoken } from "../text/catalogue";
import { text } from "../text/text";
import { Loading } from "../ui/states";
import classes from "./Inbox.module.css";
import shell from "./Shell.module.css";

const read = () => spoken(import("./InboxItems"));
const InboxItems = lazy(() => read().then((module) => ({ default: module.InboxItems })));
/** Whoever comes near the bell has the list by the time it opens; a failure is told when it opens. */
const prepare = () => void read().catch(() => undefined);

const COUNT_MAX = 99;

/** What waits for the person: asks first, then updates and mentions. */
export function Inbox() {
  const [open, setOpen] = useState(false);
  const unread = useQuery(unreadQuery()).data?.total ?? 0;
  const label = unread > 0 ? text("shell.inbox_count", { count: unread }) : text("shell.inbox");
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={400} trapFocus returnFocus>
      <span className={shell.unread}>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            size={36}
            onPointerEnter={prepare}
            onFocus={prepare}
            onClick={() => setOpen(!open)}
            aria-label={label}
          >
            <IconBell size={20} aria-hidden="true" />
          </ActionIcon>
        </Popover.Target>
        {unread > 0 ? (
          <span className={shell.count} aria-hidden="true">
            {unread > COUNT_MAX ? `${COUNT_MAX}+` : unread}
          </span>
        ) : null}
      </span>
      <Popover.Dropdown className={classes.dropdown} aria-label={text("shell.inbox")}>
        {open ? (
          <Suspense fallback={<Loading rows={4} />}>
            <InboxItems onLeave={() => setOpen(false)} unread={unread} />
          </Suspense>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
