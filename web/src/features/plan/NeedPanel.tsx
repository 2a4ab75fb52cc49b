import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { needQuery } from "../../api/plan-queries";
import type { EditNeed, Need } from "../../api/types";
import { changeNeed } from "../../api/writes";
import { formatDay, formatInstant, formatNumber } from "../../format/format";
import layout from "../../parts/form.module.css";
import { SaveChanges } from "../../parts/SaveChanges";
import { canEditPlan, useSession } from "../../parts/session";
import { Tags } from "../../parts/Tags";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Facts } from "../../ui/Facts";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, Loading, Notice } from "../../ui/states";
import { CloseWithReason } from "./CloseWithReason";
import { NeedFields, type NeedForm, needProblems } from "./NeedFields";
import { AlarmMark } from "./needs";
import classes from "./plan.module.css";

/** One need: who could serve it, when to begin, and what may be changed. */
export function NeedPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(needQuery(id));
  return (
    <SidePanel title={query.data?.title ?? text("plan.needs.need")} opened onClose={onClose} size={560}>
      {query.isPending ? (
        <Loading rows={6} height={32} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Body need={query.data} />
      )}
    </SidePanel>
  );
}

function Body({ need }: { need: Need }) {
  const { today } = useSession();
  return (
    <div className={classes.panel}>
      <AlarmMark need={need} />
      <Facts
        facts={[
          { label: text("plan.needs.day"), value: formatDay(need.need_on, today) },
          { label: text("plan.needs.ask_by"), value: formatDay(need.ask_by, today) },
          { label: text("plan.needs.recruit_by"), value: formatDay(need.recruit_by, today) },
          { label: text("plan.needs.field.kind"), value: text(`plan.needs.kind.${need.kind}`) },
          { label: text("plan.needs.field.activity"), value: text(`activity.${need.activity}`) },
          { label: text("plan.needs.owner"), value: need.owner?.name ?? text("plan.needs.operator") },
        ]}
      />
      {need.terms.length > 0 ? <Tags tags={need.terms} /> : null}
      {need.note ? <p>{need.note}</p> : null}
      {need.closed_at ? (
        <Notice tone="resting" title={text("plan.needs.was_closed", { at: formatInstant(need.closed_at) })}>
          {need.close_reason}
        </Notice>
      ) : (
        <Serving need={need} />
      )}
      {need.can_edit ? (
        <>
          <Change need={need} />
          <Close need={need} />
        </>
      ) : null}
    </div>
  );
}

function Serving({ need }: { need: Need }) {
  const session = useSession();
  const { today } = session;
  const fits = formatNumber(need.fits);
  const missing = need.covered < need.wanted;
  return (
    <Section
      plain
      title={text("plan.needs.could")}
      aside={text("plan.needs.covered", {
        covered: formatNumber(need.covered),
        wanted: formatNumber(need.wanted),
      })}
    >
      {need.served_by.length > 0 ? (
        <ul className={classes.nominees}>
          {need.served_by.map((one) => (
            <li key={one.id}>
              <AppLink href={paths.account(one.id)}>
                <bdi>{one.name}</bdi>
              </AppLink>
            </li>
          ))}
        </ul>
      ) : null}
      {missing && need.fits === 0 ? (
        <Notice
          tone="ask"
          title={text("plan.needs.nobody_fits")}
          action={
            canEditPlan(session) ? (
              <Button component={AppLink} href={paths.recruiting()} size="xs" variant="default">
                {text("plan.needs.find")}
              </Button>
            ) : null
          }
        >
          {text("plan.needs.nobody_fits_why")}
        </Notice>
      ) : missing ? (
        <Notice tone="ask" title={text("plan.needs.nobody")}>
          {need.next_free
            ? text("plan.needs.next_free", { fits, day: formatDay(need.next_free, today) })
            : text("plan.needs.never_free", { fits })}
        </Notice>
      ) : null}
    </Section>
  );
}

function fieldsOf(need: Need): NeedForm {
  return {
    title: need.title,
    kind: need.kind,
    activity: need.activity,
    wanted: need.wanted,
    need_on: need.need_on,
    account_id: need.account?.id ?? null,
    terms: need.terms.flatMap((tag) => (tag.term_id ? [tag.term_id] : [])),
    note: need.note ?? "",
  };
}

/** An emptied note is taken away. */
function asChange({ wanted, note, ...others }: Partial<NeedForm>): EditNeed {
  return {
    ...others,
    ...(wanted === undefined ? {} : { wanted: Number(wanted) }),
    ...(note === undefined ? {} : { note: note.trim() || null }),
  };
}

function Change({ need }: { need: Need }) {
  const cache = useQueryClient();
  const editing = useVersionedForm<Need, NeedForm>({
    record: need,
    fieldsOf,
    labelOf: (field) => text(`plan.needs.field.${field}`),
    validate: needProblems,
    read: () => cache.fetchQuery({ ...needQuery(need.id), staleTime: 0 }),
    save: (version, changed) => changeNeed(need.id, version, asChange(changed)),
    onSaved: (saved) => {
      notifyDone(text("plan.needs.saved"), saved.title);
      void cache.invalidateQueries({ queryKey: ["plan"] });
    },
  });
  return (
    <Section plain title={text("plan.needs.change")}>
      <form noValidate className={layout.form} onSubmit={editing.submit}>
        <NeedFields form={editing.form} account={need.account} />
        {editing.problem}
        <SaveChanges edit={editing} />
      </form>
    </Section>
  );
}

/** A need ends with how it was served, or why it was not. */
function Close({ need }: { need: Need }) {
  const cache = useQueryClient();
  return (
    <CloseWithReason
      action={text("plan.needs.close")}
      label={text("plan.needs.close_reason")}
      missing={text("plan.needs.close_missing")}
      close={(reason) => changeNeed(need.id, need.version, { close_reason: reason })}
      onClosed={() => {
        notifyDone(text("plan.needs.closed_now"), need.title);
        void cache.invalidateQueries({ queryKey: ["plan"] });
      }}
    />
  );
}
