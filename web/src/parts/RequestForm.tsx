import { Button, Checkbox, NumberInput, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import * as z from "zod/mini";
import { useAttemptKey } from "../api/attempt-key";
import { fieldMessages, isCode, problemOf } from "../api/problem";
import type { Request, SubmitRequest } from "../api/types";
import { changeDraft, keepDraft, sendDraft, sendRequest } from "../api/writes";
import { addDays } from "../format/format";
import { text } from "../text/text";
import { notifyDone } from "../ui/notify";
import { PanelFooter } from "../ui/PanelFooter";
import { FormProblem } from "../ui/states";
import { ActivitySelect, DEFAULT_ACTIVITY } from "./ActivitySelect";
import { DealSelect } from "./DealSelect";
import { GateClosed, isPassable } from "./GateClosed";
import { NoUseLeft } from "./NoUseLeft";
import { Outlook, useOutlook } from "./Outlook";
import type { RequestStart } from "./RequestSheet";
import classes from "./RequestSheet.module.css";
import { Substitute } from "./Substitute";
import { hasRole, useSession } from "./session";

/** A start that gives a call its notice: five working days and a little. */
const NEED_BY_DAYS = 14;
const WANTED_MAX = 20;
const NOTE_MAX = 2_000;

interface Props {
  start: RequestStart;
  advocates: string[];
  onSwap: (advocate: string) => void;
  onSent: (request: Request) => void;
  /** It is kept as a draft. */
  onKept: () => void;
}

export function RequestForm({ start, advocates, onSwap, onSent, onKept }: Props) {
  const session = useSession();
  const { today } = session;
  const id = useId();
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const [reason, setReason] = useState("");
  const form = useForm({
    initialValues: {
      opportunity: start.opportunity ?? null,
      activity: start.activity ?? DEFAULT_ACTIVITY,
      need_by: start.needBy && start.needBy >= today ? start.needBy : addDays(today, NEED_BY_DAYS),
      wanted: start.wanted ?? 1,
      note: start.note ?? "",
      is_quota: start.isQuota ?? false,
    },
    validate: schemaResolver(schemaFor(today), { sync: true }),
  });
  const [draft, setDraft] = useState(start.draft);
  const isOpenAsk = advocates.length === 0 && (start.criteria?.length ?? 0) > 0;
  const canBeQuota = isOpenAsk && !start.opportunity && !form.values.opportunity;
  // A need of PR, analysts and events has no deal.
  const asksOnDeal = !start.opportunity && !hasRole(session, "stakeholder", "program");
  const sending = useMutation({
    mutationFn: (input: SubmitRequest) =>
      draft ? sendDraft(draft, input) : sendRequest(input, keyFor(input)),
    onSuccess: (request) => {
      onSent(request);
      // Availability, request lists and the deal all changed with this.
      const changed = ["request", "requests", "matches", "opportunity", "opportunities", "approvals"];
      for (const key of changed) void cache.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => {
      const { opportunity_id: opportunity, ...rest } = fieldMessages(error);
      form.setErrors(opportunity ? { ...rest, opportunity } : rest);
    },
  });
  const keeping = useMutation({
    mutationFn: (input: SubmitRequest) =>
      draft ? changeDraft(draft, input) : keepDraft(input, keyFor(["draft", input])),
    onSuccess: (kept) => {
      setDraft(kept);
      for (const key of ["request", "requests"]) void cache.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const typed = (): SubmitRequest => {
    const { opportunity, note, is_quota, ...rest } = form.getValues();
    return {
      ...rest,
      opportunity_id: opportunity ?? undefined,
      is_quota: (canBeQuota && is_quota) || undefined,
      note: note.trim() || undefined,
      advocates: advocates.length > 0 ? advocates : undefined,
      criteria: advocates.length > 0 ? undefined : start.criteria,
    };
  };
  const keep = () => {
    if (keeping.isPending || form.validate().hasErrors) return;
    keeping.mutate(typed(), {
      onSuccess: () => {
        notifyDone(text("requests.kept"), text("requests.kept_where"));
        onKept();
      },
    });
  };
  const send = (change: Partial<SubmitRequest> = {}) => {
    if (sending.isPending || !canSend || form.validate().hasErrors) return;
    const override_reason = gates.length > 0 ? reason.trim() : undefined;
    sending.mutate({ ...typed(), override_reason, ...change });
  };
  const swap = (other: string) => {
    onSwap(other);
    send({ advocates: [other] });
  };
  const move = (day: string) => {
    form.setFieldValue("need_by", day);
    send({ need_by: day });
  };
  const outlook = useOutlook({
    activity: form.values.activity,
    need_by: form.values.need_by,
    opportunity: form.values.opportunity ?? undefined,
    // The odds are those of whoever is asked first.
    advocate: advocates[0],
  });
  const gates = outlook?.gates ?? [];
  const mayOverride = outlook?.may_override_gates ?? false;
  const canSend = isPassable(gates, mayOverride, reason);
  const refusal = isCode(sending.error, "no_use_left") ? problemOf(sending.error) : null;
  const fields = useFirstWrongField(form.errors);
  const shown = useScrolledTo(refusal);
  return (
    <>
      <form
        id={id}
        ref={fields}
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send();
          }
        }}
      >
        {start.opportunity ? (
          <p className={classes.deal}>
            <span className="meta">{text("requests.deal")}</span>
            {start.opportunityName}
          </p>
        ) : (
          <DealSelect
            label={text("requests.deal")}
            value={form.values.opportunity}
            error={form.errors.opportunity}
            isRequired={asksOnDeal}
            isFirst={asksOnDeal}
            onChange={(opportunity) => form.setFieldValue("opportunity", opportunity)}
          />
        )}
        <Textarea
          label={text("requests.note")}
          description={text("requests.note_hint")}
          data-autofocus={start.opportunity || !asksOnDeal ? true : undefined}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={NOTE_MAX}
          {...form.getInputProps("note")}
        />
        <ActivitySelect
          label={text("requests.activity")}
          value={form.values.activity}
          onChange={(activity) => form.setFieldValue("activity", activity)}
        />
        <div className={classes.pair}>
          <TextInput
            type="date"
            min={today}
            label={text("requests.need_by")}
            {...form.getInputProps("need_by")}
          />
          <NumberInput
            min={1}
            max={WANTED_MAX}
            allowDecimal={false}
            label={text("requests.number")}
            {...form.getInputProps("wanted")}
          />
        </div>
        {canBeQuota && !asksOnDeal ? (
          <Checkbox
            label={text("requests.quota")}
            description={text("requests.quota_hint")}
            {...form.getInputProps("is_quota", { type: "checkbox" })}
          />
        ) : null}
        {gates.length > 0 ? (
          <GateClosed gates={gates} mayOverride={mayOverride} reason={reason} onReason={setReason} />
        ) : null}
        {outlook ? <Outlook outlook={outlook} onMove={(day) => form.setFieldValue("need_by", day)} /> : null}
      </form>
      {refusal ? (
        <div ref={shown} className={classes.refusal}>
          {/* Of several it is not said who cannot be asked, so there is nobody to put in their place. */}
          <NoUseLeft
            problem={advocates.length > 1 ? { ...refusal, alternatives: [] } : refusal}
            onSwap={swap}
            onMove={move}
          />
        </div>
      ) : null}
      <Substitute
        deal={form.values.opportunity ?? undefined}
        activity={form.values.activity}
        content={start.content}
        instead={{
          isReady: () => !form.validate().hasErrors,
          request: () => keeping.mutateAsync(typed()),
          onDone: onKept,
          onTakenBack: setDraft,
        }}
      />
      <PanelFooter>
        {refusal ? null : <FormProblem error={sending.error} onRetry={() => send()} />}
        <FormProblem error={keeping.error} onRetry={keep} />
        <div className={classes.send}>
          <Button type="submit" form={id} loading={sending.isPending} disabled={!canSend}>
            {text("requests.send")}
          </Button>
          <Button variant="default" loading={keeping.isPending} onClick={keep}>
            {text("requests.keep")}
          </Button>
          {canSend ? (
            <span className="meta for-keys">{text("requests.send_keys")}</span>
          ) : (
            <span className="meta">{text("requests.gate.closed")}</span>
          )}
        </div>
      </PanelFooter>
    </>
  );
}

/** The form whose first wrong field takes the focus whenever others are found wrong. */
function useFirstWrongField(errors: object) {
  const fields = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: errors found anew ask for the focus anew
  useEffect(() => fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), [errors]);
  return fields;
}

/** Brings what is shown for `cause` into sight when it appears. */
function useScrolledTo(cause: unknown) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (cause) shown.current?.scrollIntoView({ block: "nearest" });
  }, [cause]);
  return shown;
}

function schemaFor(today: string) {
  return z.object({
    opportunity: z.nullable(z.string()),
    activity: z.string(),
    need_by: z.iso
      .date(text("requests.need_by_missing"))
      .check(z.refine((day) => day >= today, text("requests.need_by_past"))),
    wanted: z
      .int(text("requests.number_wrong"))
      .check(
        z.minimum(1, text("requests.number_wrong")),
        z.maximum(WANTED_MAX, text("requests.number_wrong")),
      ),
    note: z.string().check(z.maxLength(NOTE_MAX)),
    is_quota: z.boolean(),
  });
}
