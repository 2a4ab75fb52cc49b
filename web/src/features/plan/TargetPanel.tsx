import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { targetQuery } from "../../api/plan-queries";
import type { RecruitingTarget, RecruitingTargets } from "../../api/types";
import { changeTarget } from "../../api/writes";
import { formatInstant, formatNumber, formatShare } from "../../format/format";
import layout from "../../parts/form.module.css";
import { SaveChanges } from "../../parts/SaveChanges";
import { canEditPlan, useSession } from "../../parts/session";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Facts } from "../../ui/Facts";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, Loading, Notice } from "../../ui/states";
import { CandidateList } from "./CandidateList";
import { CloseWithReason } from "./CloseWithReason";
import { segmentName, short, startBy } from "./cut";
import { OwnerAsks } from "./OwnerAsks";
import classes from "./plan.module.css";
import { TargetFields } from "./TargetFields";

/** A cut that holds the segments of a target: how far it looks ahead does not change who fits. */
const WINDOW_ENDS = "90";

interface Props {
  target: RecruitingTarget;
  yields: RecruitingTargets["yields"];
  onClose: () => void;
}

/** One target: how it is getting on, whom to ask next, and what may be changed. */
export function TargetPanel({ target, yields, onClose }: Props) {
  const session = useSession();
  const isOpen = target.closed_at === null;
  const cut = { facets: target.facets.join(","), broad: target.is_broad, window_ends: WINDOW_ENDS };
  return (
    <SidePanel title={segmentName(target)} opened onClose={onClose} size={620}>
      <div className={classes.panel}>
        <Facts facts={facts(target, session.today)} />
        {isOpen ? <Verdict target={target} yields={yields} /> : null}
        {target.closed_at ? (
          <Notice
            tone="resting"
            title={text("plan.targets.was_closed", { at: formatInstant(target.closed_at) })}
          >
            {target.close_reason}
          </Notice>
        ) : null}
        <Nominees target={target} />
        <OwnerAsks target={{ id: target.id, name: segmentName(target) }} isOpen={isOpen} />
        {isOpen && canEditPlan(session) ? (
          <>
            <CandidateList
              cut={cut}
              segment={target.segment}
              currency={target.currency}
              target={{ id: target.id, name: segmentName(target) }}
            />
            <Change target={target} />
            <Close target={target} />
          </>
        ) : null}
      </div>
    </SidePanel>
  );
}

function facts(target: RecruitingTarget, today: string) {
  const { progress } = target;
  return [
    {
      label: text("plan.targets.there"),
      value: text("plan.targets.of", {
        there: formatNumber(progress.advocates),
        wanted: formatNumber(target.wanted),
      }),
    },
    { label: text("plan.targets.under_way"), value: formatNumber(progress.under_way) },
    { label: text("plan.targets.left"), value: formatNumber(progress.left) },
    { label: text("plan.worth.worth"), value: short(target.worth, target.currency) },
    { label: text("plan.worth.start_by"), value: startBy(target, today) },
    { label: text("plan.targets.made_by"), value: target.created_by },
  ];
}

/** The forecast in a sentence: what the nominations so far will give, and how many more it takes. */
function Verdict({ target, yields }: Pick<Props, "target" | "yields">) {
  const { expected, nominations_needed: needed } = target.progress;
  const words = {
    expected: formatNumber(expected),
    wanted: formatNumber(target.wanted),
    rate: formatShare(yields.rate),
  };
  if (needed === 0)
    return (
      <Notice tone="free" title={text("plan.targets.enough")}>
        {text("plan.targets.forecast", words)}
      </Notice>
    );
  return (
    <Notice
      tone="ask"
      title={needed === null ? text("plan.targets.no_yield") : text("plan.targets.needs", { count: needed })}
    >
      {text("plan.targets.forecast", words)}
    </Notice>
  );
}

function Nominees({ target }: { target: RecruitingTarget }) {
  const query = useQuery(targetQuery(target.id));
  if (target.nominees.length === 0) return null;
  if (query.isPending) return <Loading rows={target.nominees.length} height={32} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section plain title={text("plan.targets.nominees")}>
      <ul className={classes.nominees}>
        {query.data.nominees.map((one) => (
          <li key={one.advocate_id}>
            <AppLink href={paths.advocate(one.advocate_id)}>
              <bdi>{one.display_name ?? text("state.unknown")}</bdi>
            </AppLink>{" "}
            <span className="meta">{text(`advocate_status.${one.status}`)}</span>
          </li>
        ))}
      </ul>
      <div>
        <Button component={AppLink} href={paths.recruiting()} size="xs" variant="default">
          {text("plan.targets.board")}
        </Button>
      </div>
    </Section>
  );
}

/** The target as the form has it. */
interface Fields {
  wanted: number;
  start_by: string;
  note: string;
}

function fieldsOf(target: RecruitingTarget): Fields {
  return { wanted: target.wanted, start_by: target.start_by ?? "", note: target.note ?? "" };
}

function Change({ target }: { target: RecruitingTarget }) {
  const cache = useQueryClient();
  const edit = useVersionedForm<RecruitingTarget, Fields>({
    record: target,
    fieldsOf,
    labelOf: (field) => text(`plan.targets.${field}`),
    read: () => cache.fetchQuery({ ...targetQuery(target.id), staleTime: 0 }),
    save: (version, { start_by, ...changed }) =>
      changeTarget(target.id, version, { ...changed, ...(start_by ? { start_by } : {}) }),
    onSaved: () => {
      notifyDone(text("plan.targets.saved"));
      void cache.invalidateQueries({ queryKey: ["plan", "targets"] });
    },
  });
  const { form } = edit;
  return (
    <Section plain title={text("plan.targets.change")}>
      <form noValidate className={layout.form} onSubmit={edit.submit}>
        <TargetFields inputOf={form.getInputProps} />
        {edit.problem}
        <SaveChanges edit={edit} />
      </form>
    </Section>
  );
}

/** A target ends with a reason, which whoever plans next reads. */
function Close({ target }: { target: RecruitingTarget }) {
  const cache = useQueryClient();
  return (
    <CloseWithReason
      action={text("plan.targets.close")}
      label={text("plan.targets.close_reason")}
      missing={text("plan.targets.close_missing")}
      close={(reason) => changeTarget(target.id, target.version, { close_reason: reason })}
      onClosed={() => {
        notifyDone(text("plan.targets.closed_now"), segmentName(target));
        void cache.invalidateQueries({ queryKey: ["plan", "targets"] });
      }}
    />
  );
}
