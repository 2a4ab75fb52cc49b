import { Button } from "@mantine/core";
import { IconMail, IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { contactQuery } from "../../api/queries";
import type { Contact } from "../../api/types";
import { DeleteRecord } from "../../parts/DeleteRecord";
import { DepartureMark } from "../../parts/DepartureMark";
import { RecordWalk } from "../../parts/list/RecordWalk";
import { RecordComments } from "../../parts/RecordComments";
import { TabLinks } from "../../parts/TabLinks";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import { ContactDetails, ContactTags } from "./ContactDetails";
import classes from "./ContactPage.module.css";

/** All that is known of one person at a customer. */
export function ContactPage() {
  const { id } = useParams({ from: "/signed-in/accounts/contacts/$id" });
  const query = useQuery(contactQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Person contact={query.data} />;
}

function Person({ contact }: { contact: Contact }) {
  const { tab = "overview" } = useSearch({ from: "/signed-in/accounts/contacts/$id" });
  const { account, advocate_id: advocate } = contact;
  return (
    <Page
      width="reading"
      above={
        <RecordWalk
          list="contacts"
          id={contact.id}
          hrefOf={(next) => paths.contact(next, tab === "overview" ? {} : { tab })}
        />
      }
      title={contact.name}
      heading={<bdi>{contact.name}</bdi>}
      lead={
        <span className={classes.lead}>
          {account ? (
            <AppLink href={paths.account(account.id)}>{account.name}</AppLink>
          ) : (
            (contact.account_raw ?? text("accounts.no_account"))
          )}
          <DepartureMark leftOn={contact.left_on} />
        </span>
      }
      more={<Reach contact={contact} />}
      rare={
        contact.can_edit ? (
          <DeleteRecord
            record={{ ...contact, kind: "contact" }}
            next={account ? paths.account(account.id, { tab: "people" }) : paths.contacts()}
          />
        ) : undefined
      }
      actions={
        advocate ? (
          <Button component={AppLink} href={paths.advocate(advocate)}>
            {text("accounts.open_profile")}
          </Button>
        ) : undefined
      }
    >
      <TabLinks
        label={text("accounts.person_tabs")}
        tabs={(["overview", "activity"] as const).map((one) => ({
          href: paths.contact(contact.id, one === "overview" ? {} : { tab: one }),
          label: text(`accounts.tab.${one}`),
          isCurrent: one === tab,
        }))}
      />
      {tab === "overview" ? (
        <>
          <Section title={text("accounts.details")}>
            <ContactDetails contact={contact} />
          </Section>
          <Section title={text("accounts.facts")}>
            <ContactTags contact={contact} />
          </Section>
        </>
      ) : (
        <>
          <RecordComments kind="contact" id={contact.id} />
          <Section title={text("requests.history")}>
            <Timeline kind="contacts" id={contact.id} />
          </Section>
        </>
      )}
    </Page>
  );
}

/** Writes to the person, or calls. */
function Reach({ contact }: { contact: Contact }) {
  const icon = { size: 16, "aria-hidden": true } as const;
  return (
    <>
      {contact.email ? (
        <Button
          variant="default"
          component="a"
          href={`mailto:${contact.email}`}
          leftSection={<IconMail {...icon} />}
        >
          {text("accounts.write")}
        </Button>
      ) : null}
      {contact.phone ? (
        <Button
          variant="default"
          component="a"
          href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`}
          leftSection={<IconPhone {...icon} />}
        >
          {text("accounts.call")}
        </Button>
      ) : null}
    </>
  );
}
