import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { accountsQuery, advocatesTotalQuery, settingsQuery, usersTotalQuery } from "../../api/queries";
import { formatAgo, formatDay, formatNumber } from "../../format/format";
import { ask, writeFilter } from "../../parts/list/filter";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { Lines } from "./Lines";

const ROWS_SHOWN = 6;

/** What an admin has set up, and what still is as it was delivered. */
export function SetUp() {
  const { mail_configured: hasMail } = useSession();
  const settings = useQuery(settingsQuery());
  const users = useQuery(usersTotalQuery());
  const failed = settings.error ?? users.error;
  if (failed) return <Failed error={failed} onRetry={() => void settings.refetch()} />;
  const changed = (at: string | null) =>
    at === null ? text("homes.as_delivered") : text("homes.changed", { when: formatAgo(at, new Date()) });
  return (
    <Section title={text("homes.setup")}>
      {!settings.data || users.data === undefined ? (
        <Loading rows={6} />
      ) : (
        <Lines
          lines={[
            {
              key: "mail",
              label: text("homes.setup_mail"),
              href: paths.health(),
              value: text(hasMail ? "homes.setup_mail_on" : "homes.setup_mail_off"),
            },
            {
              key: "users",
              label: text("homes.setup_users"),
              href: paths.users(),
              value: formatNumber(users.data),
            },
            {
              key: "program",
              label: text("homes.setup_program"),
              href: paths.settings(),
              value: changed(settings.data.program.changed_at),
            },
            {
              key: "rules",
              label: text("homes.setup_rules"),
              href: paths.rules(),
              value: changed(settings.data.protection.changed_at),
            },
            {
              key: "weights",
              label: text("homes.setup_weights"),
              href: paths.weights(),
              value: changed(settings.data.match_weights.changed_at),
            },
            {
              key: "keys",
              label: text("homes.setup_keys"),
              href: paths.tokens(),
              value: text("homes.setup_keys_note"),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** Whose data must not be used as usual, and the way to one person. */
export function People() {
  const restricted = writeFilter({ mode: "all", parts: [ask.yes("restricted")] });
  const lines = [
    {
      key: "paused",
      label: text("homes.paused"),
      href: paths.advocates({ status: "paused" }),
      query: useQuery(advocatesTotalQuery({ status: "paused" })),
    },
    {
      key: "restricted",
      label: text("homes.restricted"),
      href: paths.list("advocates", { filter: restricted }),
      query: useQuery(advocatesTotalQuery({ filter: restricted })),
    },
  ];
  return (
    <Section
      title={text("homes.people")}
      aside={<AppLink href={paths.contacts()}>{text("homes.all_contacts")}</AppLink>}
    >
      <Lines
        lines={lines.map(({ query, ...line }) => ({
          ...line,
          value: query.isError
            ? text("state.unknown")
            : query.data === undefined
              ? text("state.none")
              : formatNumber(query.data),
        }))}
      />
    </Section>
  );
}

/** Accounts that nobody may ask now, with the reason and how long. */
export function LockedAccounts() {
  const { today } = useSession();
  const query = useInfiniteQuery(accountsQuery({ locked: true }));
  const total = query.data?.pages[0]?.total;
  return (
    <Section
      title={text("homes.locked")}
      aside={
        total ? <AppLink href={paths.accounts({ locked: "yes" })}>{text("home.see_all")}</AppLink> : undefined
      }
    >
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("homes.locked_none")} why={text("homes.locked_none_why")} />}
      >
        {(rows) => (
          <Lines
            lines={rows.slice(0, ROWS_SHOWN).map((row) => ({
              key: row.id,
              label: row.name,
              href: paths.account(row.id),
              note: row.locks
                .flatMap(({ reason }) => (reason === null ? [] : [text(`lock_reason.${reason}`)]))
                .join(", "),
              value: (
                <span className="meta">
                  {row.locks[0]?.until
                    ? text("homes.locked_until", { day: formatDay(row.locks[0].until, today) })
                    : text("homes.locked_open")}
                </span>
              ),
            }))}
          />
        )}
      </PagedList>
    </Section>
  );
}
