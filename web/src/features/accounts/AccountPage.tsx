import "../../text/account";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { accountContactsQuery, accountQuery } from "../../api/queries";
import type { Account } from "../../api/types";
import { useActionsHere } from "../../parts/actions-here";
import { DeleteRecord } from "../../parts/DeleteRecord";
import { RecordWalk } from "../../parts/list/RecordWalk";
import { NominationSheet } from "../../parts/NominationSheet";
import { RecordComments } from "../../parts/RecordComments";
import { canNominate, canReadContacts, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { LockMark } from "./LockMark";
import { KeepFromUse } from "./Locks";
import { Overview } from "./Overview";

const TABS = ["overview", "people", "activity"] as const;

/** All that is known of one customer. */
export function AccountPage() {
  const { id } = useParams({ from: "/signed-in/accounts/$id" });
  const query = useQuery(accountQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <AccountBody account={query.data} />;
}

function AccountBody({ account }: { account: Account }) {
  const session = useSession();
  const { tab = "overview" } = useSearch({ from: "/signed-in/accounts/$id" });
  const [isNominating, nomination] = useDisclosure(false);
  const tabs = TABS.filter((one) => one !== "people" || canReadContacts(session));
  const router = useRouter();
  const alike = paths.find({ like_account: account.id });
  useActionsHere([
    ...(canNominate(session) ? [{ label: text("advocates.nominate"), run: nomination.open }] : []),
    { label: text("find.like_this"), run: () => void router.navigate({ href: alike }) },
  ]);
  return (
    <Page
      above={
        <RecordWalk
          list="accounts"
          id={account.id}
          hrefOf={(next) => paths.account(next, tab === "overview" ? {} : { tab })}
        />
      }
      title={account.name}
      heading={<bdi>{account.name}</bdi>}
      lead={<LockMark account={account} today={session.today} />}
      more={
        <>
          <Button variant="default" component={AppLink} href={alike}>
            {text("find.like_this")}
          </Button>
          <KeepFromUse account={account} />
        </>
      }
      rare={
        account.can_edit ? (
          <DeleteRecord record={{ ...account, kind: "account" }} next={paths.accounts()} />
        ) : undefined
      }
      actions={
        canNominate(session) ? (
          <Button onClick={nomination.open}>{text("advocates.nominate")}</Button>
        ) : undefined
      }
    >
      <TabLinks
        label={text("accounts.account_tabs")}
        tabs={tabs.map((one) => ({
          href: paths.account(account.id, one === "overview" ? {} : { tab: one }),
          label: text(`accounts.tab.${one}`),
          isCurrent: one === tab,
        }))}
      />
      {tab === "overview" ? <Overview account={account} onNominate={nomination.open} /> : null}
      {tab === "people" ? <People account={account} /> : null}
      {tab === "activity" ? (
        <>
          <RecordComments kind="account" id={account.id} />
          <Section title={text("requests.history")}>
            <Timeline kind="accounts" id={account.id} />
          </Section>
        </>
      ) : null}
      <NominationSheet
        opened={isNominating}
        onClose={nomination.close}
        account={{ id: account.id, name: account.name }}
      />
    </Page>
  );
}

function People({ account }: { account: Account }) {
  const query = useInfiniteQuery(accountContactsQuery(account.id));
  return (
    <Section title={text("accounts.advocates")} plain>
      <PagedList
        query={query}
        skeletonRows={3}
        empty={<Empty title={text("accounts.no_people")} why={text("accounts.no_people_why")} />}
      >
        {(rows) => (
          <DataTable
            caption={text("accounts.advocates")}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "name",
                label: text("accounts.person"),
                cell: (row) => (
                  <AppLink href={paths.contact(row.id)}>
                    <bdi>{row.name}</bdi>
                  </AppLink>
                ),
              },
              {
                key: "title",
                label: text("advocates.persona"),
                cell: (row) => row.title ?? text("state.none"),
              },
              {
                key: "email",
                label: text("session.email"),
                cell: (row) => row.email ?? text("state.none"),
              },
            ]}
          />
        )}
      </PagedList>
    </Section>
  );
}
