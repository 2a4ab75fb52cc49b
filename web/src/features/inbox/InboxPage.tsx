import "../../text/inbox";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { inboxPartQuery } from "../../api/inbox";
import type { Inbox, InboxPart, NoticeClass } from "../../api/types";
import { TabLinks } from "../../parts/TabLinks";
import { UpdateKinds } from "../../parts/UpdateKinds";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty } from "../../ui/states";
import { Away } from "./Away";
import { DigestChoice } from "./DigestChoice";
import { Entries } from "./Entries";
import classes from "./InboxPage.module.css";

const CLASSES: readonly NoticeClass[] = ["ask", "update", "mention"];

/** What waits for the reader, worked off by keyboard, and what they put off or muted. */
export function InboxPage() {
  const { part = "open", class: only } = useSearch({ from: "/signed-in/inbox" });
  const query = useInfiniteQuery(inboxPartQuery({ part, class: only }));
  return (
    <Page title={text("shell.inbox")} lead={text("inbox.lead")}>
      <Parts inbox={query.data?.pages.at(-1)} part={part} only={only} />
      <div className={classes.columns}>
        <PagedList
          query={query}
          empty={
            <Empty
              title={text(`inbox.empty.${part}`)}
              why={text(`inbox.empty_why.${part}`)}
              next={
                part === "open" && only === undefined ? (
                  <AppLink href={paths.home()}>{text("inbox.empty_next_home")}</AppLink>
                ) : (
                  <AppLink href={paths.inbox()}>{text("inbox.empty_next_open")}</AppLink>
                )
              }
            />
          }
        >
          {(rows) => <Entries key={`${part}:${only}`} rows={rows} />}
        </PagedList>
        <div className={classes.aside}>
          <Away />
          <DigestChoice />
          <UpdateKinds />
        </div>
      </div>
    </Page>
  );
}

interface PartsProps {
  inbox: Inbox | undefined;
  part: InboxPart;
  only: NoticeClass | undefined;
}

/** What waits, by class, beside what does not. */
function Parts({ inbox, part, only }: PartsProps) {
  const counts = inbox?.counts;
  const waiting = CLASSES.map((one) => counts?.[one] ?? 0);
  const tabs = [
    {
      href: paths.inbox(),
      label: text("inbox.part.open"),
      count: waiting.reduce((sum, count) => sum + count, 0),
      isCurrent: part === "open" && only === undefined,
    },
    ...CLASSES.map((one, index) => ({
      href: paths.inbox({ class: one }),
      label: text(`inbox.class.${one}`),
      count: waiting[index],
      isCurrent: only === one,
    })),
    ...(["snoozed", "muted", "done"] as const).map((one) => ({
      href: paths.inbox({ part: one }),
      label: text(`inbox.part.${one}`),
      count: one === "done" ? undefined : counts?.[one],
      isCurrent: part === one,
    })),
  ];
  return <TabLinks label={text("inbox.parts")} tabs={tabs} />;
}
