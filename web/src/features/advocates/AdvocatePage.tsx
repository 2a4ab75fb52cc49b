import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { isCode } from "../../api/problem";
import { advocateQuery } from "../../api/queries";
import type { Advocate } from "../../api/types";
import { changeAdvocate, revealAdvocate, verifyAdvocate } from "../../api/writes";
import { formatDay, formatDistance } from "../../format/format";
import { useActionsHere } from "../../parts/actions-here";
import { ContentList } from "../../parts/ContentList";
import { DeleteRecord } from "../../parts/DeleteRecord";
import { DepartureMark } from "../../parts/DepartureMark";
import { RecordWalk } from "../../parts/list/RecordWalk";
import { AdvocateStatusMark, AvailabilityMark } from "../../parts/marks";
import { RecordComments } from "../../parts/RecordComments";
import { RefusedMark } from "../../parts/RefusedMark";
import { RequestSheet } from "../../parts/RequestSheet";
import {
  canEditContent,
  canErase,
  canLogUse,
  canReadConsents,
  canReadContacts,
  canRequest,
  hasRole,
  useSession,
} from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { Tags } from "../../parts/Tags";
import { Timeline } from "../../parts/Timeline";
import { UsageStrip } from "../../parts/UsageStrip";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Fact, Facts } from "../../ui/Facts";
import { notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { AdvocateHolds } from "./AdvocateHolds";
import classes from "./AdvocatePage.module.css";
import { ErasePerson } from "./ErasePerson";
import { Freshness } from "./Freshness";
import { Interview } from "./Interview";
import { MayBeAsked } from "./MayBeAsked";
import { Activities, Notes, Outcomes, Story, Topics } from "./ProfileParts";
import { useProfile } from "./profile-record";

const TABS = ["overview", "content", "activity"] as const;

/** Judge the fit and protect the person. */
export function AdvocatePage() {
  const { id } = useParams({ from: "/signed-in/advocates/$id" });
  const query = useQuery(advocateQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Profile advocate={query.data} />;
}

function Profile({ advocate }: { advocate: Advocate }) {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/advocates/$id" });
  const change = useSearchChange();
  const { tab = "overview" } = search;
  const isGone = advocate.left_on !== null && advocate.left_on <= session.today;
  const isAsking = search.request === "yes";
  const asks = canRequest(session) && advocate.status === "active" && !isGone;
  const ask = () => void change({ request: "yes" });
  const router = useRouter();
  const alike = paths.find({ like: advocate.id });
  useActionsHere([
    ...(asks ? [{ label: text("advocates.request"), run: ask }] : []),
    { label: text("find.like_this"), run: () => void router.navigate({ href: alike }) },
  ]);
  return (
    <Page
      above={
        <RecordWalk
          list="advocates"
          id={advocate.id}
          hrefOf={(next) => paths.advocate(next, tab === "overview" ? {} : { tab })}
        />
      }
      title={advocate.display_name}
      lead={
        <span className={classes.lead}>
          <AdvocateStatusMark status={advocate.status} />
          <DepartureMark leftOn={advocate.left_on} />
          {advocate.availability ? <AvailabilityMark availability={advocate.availability} /> : null}
          {advocate.name_masked ? <span>{text("advocates.masked")}</span> : null}
        </span>
      }
      more={
        <>
          {advocate.can_edit ? <Verify advocate={advocate} /> : null}
          <Button variant="default" component={AppLink} href={alike}>
            {text("find.like_this")}
          </Button>
          {canLogUse(session) ? (
            <Button variant="default" onClick={() => void change({ new: "use" })}>
              {text("shell.new_use")}
            </Button>
          ) : null}
        </>
      }
      rare={
        advocate.can_edit || canErase(session) ? (
          <>
            {advocate.can_edit ? (
              <DeleteRecord
                record={{
                  kind: "advocate",
                  id: advocate.id,
                  version: advocate.version,
                  name: advocate.display_name,
                }}
                next={paths.advocates()}
              />
            ) : null}
            {canErase(session) && advocate.contact_id ? (
              <ErasePerson contact={advocate.contact_id} name={advocate.display_name} />
            ) : null}
          </>
        ) : undefined
      }
      actions={asks ? <Button onClick={ask}>{text("advocates.request")}</Button> : undefined}
    >
      <TabLinks
        label={text("advocates.tabs")}
        tabs={TABS.map((one) => ({
          href: paths.advocate(advocate.id, one === "overview" ? {} : { tab: one }),
          label: text(`advocates.tab.${one}`),
          count: one === "content" ? advocate.content.length : undefined,
          isCurrent: one === tab,
        }))}
      />
      {tab === "overview" ? <Overview advocate={advocate} asks={asks} /> : null}
      {tab === "content" ? <OwnContent advocate={advocate} /> : null}
      {tab === "activity" ? (
        <>
          <RecordComments kind="advocate" id={advocate.id} />
          <Section title={text("requests.history")}>
            <Timeline kind="advocates" id={advocate.id} />
          </Section>
        </>
      ) : null}
      <RequestSheet
        start={isAsking && asks ? { advocates: [advocate.id], content: advocate.content } : null}
        onClose={() => void change({ request: undefined }, { replace: true })}
      />
    </Page>
  );
}

function Overview({ advocate, asks }: { advocate: Advocate; asks: boolean }) {
  const session = useSession();
  const of = useProfile(advocate);
  const part = { advocate, of };
  // Owners read the record of their own customers, and without an account no limit is known.
  const isOwn = advocate.account_owner?.id === session.user.id;
  const reads = canReadConsents(session) && (isOwn || hasRole(session, "program", "privacy"));
  const asksMay = reads && advocate.account !== null;
  return (
    <>
      <Facts facts={factsOf(advocate, session.today)} />
      <Interview advocate={advocate} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Story {...part} />
          <Outcomes {...part} />
          <Topics {...part} />
        </div>
        <div className={classes.column}>
          <Activities {...part} />
          {asksMay ? <MayBeAsked advocate={advocate} /> : null}
          <UsageStrip usage={advocate.usage} />
          <AdvocateHolds advocate={advocate} asks={asks} />
          <ContactDetails advocate={advocate} />
          <Notes {...part} />
          <Section title={text("advocates.facts")} aside={<Freshness advocate={advocate} part="facts" />}>
            <Tags tags={advocate.terms} />
          </Section>
        </div>
      </div>
    </>
  );
}

function OwnContent({ advocate }: { advocate: Advocate }) {
  const session = useSession();
  if (advocate.content.length === 0)
    return (
      <Empty
        title={text("advocates.no_content")}
        why={text("advocates.no_content_why")}
        next={
          canEditContent(session) ? (
            <AppLink href={paths.list("content", { add: "yes" })}>{text("content.add")}</AppLink>
          ) : undefined
        }
      />
    );
  return <ContentList rows={advocate.content} />;
}

function factsOf(advocate: Advocate, today: string): Fact[] {
  const { consent } = advocate;
  const until = consent.until
    ? ` ${text("advocates.consent_until", { day: formatDay(consent.until, today) })}`
    : "";
  return [
    { label: text("advocates.persona"), value: advocate.title },
    {
      label: text("advocates.column.account"),
      value: advocate.account ? (
        <AppLink href={paths.account(advocate.account.id)}>{advocate.account.name}</AppLink>
      ) : (
        text("state.none")
      ),
    },
    { label: text("advocates.owner"), value: advocate.account_owner?.name ?? text("opportunities.no_owner") },
    {
      label: text("advocates.consent"),
      value: consent.valid ? text("advocates.consent_valid") + until : text("advocates.consent_missing"),
    },
    { label: text("advocates.time_zone"), value: advocate.time_zone ?? text("state.none") },
    {
      label: text("advocates.fresh"),
      value: advocate.verified_on ? (
        <span title={formatDay(advocate.verified_on)}>{formatDistance(advocate.verified_on, today)}</span>
      ) : (
        text("advocates.never")
      ),
    },
  ];
}

function Verify({ advocate }: { advocate: Advocate }) {
  const cache = useQueryClient();
  const saving = useMutation({
    mutationFn: () => verifyAdvocate(advocate),
    onSuccess: (saved) => {
      const { queryKey } = advocateQuery(advocate.id);
      const before = advocate.verified_on;
      cache.setQueryData(queryKey, saved);
      notifyUndo(text("advocates.verified"), saved.display_name, async () => {
        cache.setQueryData(queryKey, await changeAdvocate(saved, { verified_on: before }));
      });
    },
    onError: (error) => {
      if (isCode(error, "stale_version"))
        void cache.invalidateQueries({ queryKey: advocateQuery(advocate.id).queryKey });
    },
  });
  return (
    <>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {text("advocates.verify_all")}
      </Button>
      <FormProblem error={saving.error} />
    </>
  );
}

function ContactDetails({ advocate }: { advocate: Advocate }) {
  const session = useSession();
  const revealing = useMutation({ mutationFn: () => revealAdvocate(advocate.id) });
  const contact = revealing.data ?? advocate.contact;
  const isHidden = advocate.contact.masked && !revealing.data;
  return (
    <Section title={text("advocates.contact")}>
      {isHidden && advocate.contact.can_reveal ? (
        <>
          <Button
            variant="default"
            loading={revealing.isPending}
            title={text("requests.reveal_why")}
            onClick={() => revealing.mutate()}
          >
            {text("requests.reveal")}
          </Button>
          <FormProblem error={revealing.error} />
        </>
      ) : isHidden ? (
        <p className="soft">
          {text("advocates.contact_masked")}. {advocate.contact.reason ?? text("advocates.contact_reason")}{" "}
          <AppLink href={paths.sight({ about: "field" })}>{text("state.why_hidden")}</AppLink>
        </p>
      ) : (
        <address className={classes.contact}>
          {contact.email ? <a href={`mailto:${contact.email}`}>{contact.email}</a> : null}
          <RefusedMark on={advocate.contact.email_refused_on} />
          {contact.phone ? <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`}>{contact.phone}</a> : null}
          {contact.email || contact.phone ? null : text("state.none")}
        </address>
      )}
      {advocate.contact_id && canReadContacts(session) ? (
        <p>
          <AppLink href={paths.contact(advocate.contact_id)}>{text("advocates.open_contact")}</AppLink>
        </p>
      ) : null}
    </Section>
  );
}
