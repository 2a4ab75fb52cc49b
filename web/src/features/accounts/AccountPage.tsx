import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { accountContactsQuery, accountQuery } from "../../api/queries";
import type { Account } from "../../api/types";
import { formatNumber } from "../../format/format";
import { NominationSheet } from "../../parts/NominationSheet";
import { canNominate, useSession } from "../../parts/session";
import { Tags } from "../../parts/Tags";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { type Fact, Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { SidePanel } from "../../ui/SidePanel";
import { Empty, Failed, Loading } from "../../ui/states";
import { LockMark } from "./AccountsPage";
import { EditAccount } from "./EditAccount";

/** All that is known of one customer. */
export function AccountPage() {
  const { id } = useParams({ from: "/signed-in/accounts/$id" });
  const query = useQuery(accountQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <AccountBody account={query.data} />;
}

function AccountBody({ account }: { account: Account }) {
  const session = useSession();
  const [isNominating, nomination] = useDisclosure(false);
  const [isEditing, editing] = useDisclosure(false);
  return (
    <Page
      title={account.name}
      lead={<LockMark account={account} today={session.today} />}
      actions={
        <>
          <Button variant="default" component={AppLink} href={paths.find({ like_account: account.id })}>
            {text("find.like_this")}
          </Button>
          {account.can_edit ? (
            <Button variant="default" onClick={editing.open}>
              {text("accounts.edit")}
            </Button>
          ) : null}
          {canNominate(session) ? (
            <Button onClick={nomination.open}>{text("advocates.nominate")}</Button>
          ) : null}
        </>
      }
    >
      <Facts facts={factsOf(account)} />
      <People account={account} />
      <Section title={text("accounts.facts")}>
        <Tags tags={account.terms} />
      </Section>
      <Section title={text("requests.history")}>
        <Timeline kind="accounts" id={account.id} />
      </Section>
      <SidePanel title={account.name} opened={isEditing} onClose={editing.close}>
        {isEditing ? <EditAccount account={account} onDone={editing.close} /> : null}
      </SidePanel>
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
                cell: (row) => row.name ?? text("accounts.masked"),
              },
              { key: "title", label: text("advocates.persona"), cell: (row) => row.title },
              {
                key: "email",
                label: text("session.email"),
                cell: (row) => row.email ?? text("advocates.contact_masked"),
              },
            ]}
          />
        )}
      </PagedList>
    </Section>
  );
}

function factsOf(account: Account): Fact[] {
  const number = (value: number | null) => (value === null ? text("state.none") : formatNumber(value));
  return [
    { label: text("accounts.column.owner"), value: account.owner?.name ?? text("opportunities.no_owner") },
    { label: text("accounts.domain"), value: account.domain ?? text("state.none") },
    { label: text("accounts.column.employees"), value: number(account.employees) },
    { label: text("accounts.column.advocates"), value: formatNumber(account.advocates_count) },
    { label: text("accounts.column.health"), value: number(account.health) },
    { label: text("accounts.column.nps"), value: number(account.nps) },
  ];
}
