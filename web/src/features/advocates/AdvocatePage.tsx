import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { isCode } from "../../api/problem";
import { advocateQuery } from "../../api/queries";
import type { Advocate } from "../../api/types";
import { verifyAdvocate } from "../../api/writes";
import { formatDay, formatDistance } from "../../format/format";
import { ContentList } from "../../parts/ContentList";
import { AdvocateStatusMark, AvailabilityMark } from "../../parts/marks";
import { RequestSheet } from "../../parts/RequestSheet";
import { canErase, canLogUse, canRequest, useSession } from "../../parts/session";
import { Tags } from "../../parts/Tags";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Fact, Facts } from "../../ui/Facts";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./AdvocatePage.module.css";
import { ErasePerson } from "./ErasePerson";
import { Story } from "./Story";
import { UsageStrip } from "./UsageStrip";

/** Judge the fit and protect the person. */
export function AdvocatePage() {
  const { id } = useParams({ from: "/signed-in/advocates/$id" });
  const query = useQuery(advocateQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Profile advocate={query.data} />;
}

function Profile({ advocate }: { advocate: Advocate }) {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/advocates/$id" });
  const change = useSearchChange();
  const isAsking = search.request === "yes";
  const asks = canRequest(session) && advocate.status === "active";
  return (
    <Page
      title={advocate.display_name}
      lead={
        <span className={classes.lead}>
          <AdvocateStatusMark status={advocate.status} />
          {advocate.availability ? <AvailabilityMark availability={advocate.availability} /> : null}
          {advocate.name_masked ? <span>{text("advocates.masked")}</span> : null}
        </span>
      }
      actions={
        <>
          {advocate.can_edit ? <Verify advocate={advocate} /> : null}
          {canErase(session) && advocate.contact_id ? (
            <ErasePerson contact={advocate.contact_id} name={advocate.display_name} />
          ) : null}
          <Button variant="default" component={AppLink} href={paths.find({ like: advocate.id })}>
            {text("find.like_this")}
          </Button>
          {canLogUse(session) ? (
            <Button variant="default" onClick={() => void change({ new: "use" })}>
              {text("shell.new_use")}
            </Button>
          ) : null}
          {asks ? (
            <Button onClick={() => void change({ request: "yes" })}>{text("advocates.request")}</Button>
          ) : null}
        </>
      }
    >
      <Facts facts={factsOf(advocate, session.today)} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Story advocate={advocate} />
          <Outcomes advocate={advocate} />
          <Topics advocate={advocate} />
          <Section title={text("advocates.content")}>
            {advocate.content.length > 0 ? (
              <ContentList rows={advocate.content} />
            ) : (
              <p className="soft">{text("advocates.no_content")}</p>
            )}
          </Section>
        </div>
        <div className={classes.column}>
          <Activities advocate={advocate} />
          <UsageStrip usage={advocate.usage} />
          <ContactDetails advocate={advocate} />
          {advocate.notes === null ? null : (
            <Section title={text("advocates.notes")}>
              <p className={classes.lines}>{advocate.notes}</p>
              <p className="meta">{text("advocates.notes_banner")}</p>
            </Section>
          )}
          <Section title={text("advocates.facts")}>
            <Tags tags={advocate.terms} />
          </Section>
          <Section title={text("requests.history")}>
            <Timeline kind="advocates" id={advocate.id} />
          </Section>
        </div>
      </div>
      <RequestSheet
        start={isAsking && asks ? { advocate: advocate.id, content: advocate.content } : null}
        onClose={() => void change({ request: undefined }, { replace: true })}
      />
    </Page>
  );
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
      cache.setQueryData(advocateQuery(advocate.id).queryKey, saved);
      notifyDone(text("advocates.verified"));
    },
    onError: (error) => {
      if (isCode(error, "stale_version"))
        void cache.invalidateQueries({ queryKey: advocateQuery(advocate.id).queryKey });
    },
  });
  return (
    <>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {text("advocates.verify")}
      </Button>
      <FormProblem error={saving.error} />
    </>
  );
}

function Outcomes({ advocate }: { advocate: Advocate }) {
  if (advocate.outcomes.length === 0) return null;
  return (
    <Section title={text("advocates.outcomes")}>
      <ul className={classes.outcomes}>
        {advocate.outcomes.map((outcome) => (
          <li key={outcome.statement}>
            {outcome.value === null ? null : (
              <strong className={classes.figure}>
                {outcome.value}
                {outcome.unit ? ` ${outcome.unit}` : ""}
              </strong>
            )}
            <span>{outcome.statement}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Topics({ advocate }: { advocate: Advocate }) {
  const { topics_can: can, topics_cannot: cannot } = advocate;
  return (
    <Section title={text("advocates.topics")}>
      {can.length + cannot.length === 0 ? <p className="soft">{text("advocates.no_topics")}</p> : null}
      {can.length > 0 ? (
        <div>
          <h3>{text("advocates.can")}</h3>
          <p>{can.join(" · ")}</p>
        </div>
      ) : null}
      {cannot.length > 0 ? (
        <div>
          <h3>{text("advocates.cannot")}</h3>
          <p>{cannot.join(" · ")}</p>
        </div>
      ) : null}
    </Section>
  );
}

function Activities({ advocate }: { advocate: Advocate }) {
  return (
    <Section title={text("advocates.activities")}>
      <ul className={classes.activities}>
        {advocate.activities.map((one) => (
          <li key={one.activity}>
            <span>{one.label}</span>
            {one.limit_per_year === null ? null : (
              <span className="meta">{text("advocates.limit_year", { count: one.limit_per_year })}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ContactDetails({ advocate }: { advocate: Advocate }) {
  const { contact } = advocate;
  return (
    <Section title={text("advocates.contact")}>
      {contact.masked ? (
        <p className="soft">
          {text("advocates.contact_masked")}. {contact.reason ?? text("advocates.contact_reason")}
        </p>
      ) : (
        <address className={classes.contact}>
          {contact.email ? <a href={`mailto:${contact.email}`}>{contact.email}</a> : null}
          {contact.phone ? <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`}>{contact.phone}</a> : null}
          {contact.email || contact.phone ? null : text("state.none")}
        </address>
      )}
    </Section>
  );
}
