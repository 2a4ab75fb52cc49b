import "../../text/asks";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { inviteBuyer, joinableQuery, joinCall } from "../../api/group-calls";
import type { Candidate } from "../../api/types";
import { formatDay } from "../../format/format";
import { requestTitle } from "../../parts/RequestRow";
import { useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { type DialogProps, submitted } from "./Dialog";
import classes from "./RequestPage.module.css";

type Open = "add" | "invite" | null;

/** The deals that one use serves, and what this person may do about them. */
export function GroupCall({ candidate }: { candidate: Candidate }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const can = new Set(candidate.can);
  const { call } = candidate;
  if (!call && !can.has("join_deals") && !can.has("invite_buyer")) return null;
  return (
    <div className={classes.appointment}>
      {call ? <Served call={call} /> : null}
      <div className={classes.actions}>
        {can.has("join_deals") ? (
          <Button variant="default" onClick={() => setOpen("add")}>
            {text("asks.call.add")}
          </Button>
        ) : null}
        {can.has("invite_buyer") ? (
          <Button variant="default" onClick={() => setOpen("invite")}>
            {text("asks.call.invite")}
          </Button>
        ) : null}
      </div>
      {open === "add" ? <AddDeals candidate={candidate} onClose={close} /> : null}
      {open === "invite" ? <InviteBuyer candidate={candidate} onClose={close} /> : null}
    </div>
  );
}

function Served({ call }: { call: NonNullable<Candidate["call"]> }) {
  return (
    <div>
      <strong>{text("asks.call.serves", { count: call.serves })}</strong>
      {call.others.length > 0 ? (
        <ul className={classes.served}>
          {call.others.map((other) => (
            <li key={other.request_id}>
              <AppLink href={paths.request(other.request_id)}>{other.name ?? text("state.none")}</AppLink>
            </li>
          ))}
        </ul>
      ) : null}
      {call.is_arranged_here ? null : <p className="meta">{text("asks.call.follows")}</p>}
    </div>
  );
}

/** Open requests that the same call can serve; several are added in one step. */
function AddDeals({ candidate, onClose }: DialogProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useQuery(joinableQuery(candidate));
  const keyFor = useAttemptKey();
  const { today } = useSession();
  const sending = useCandidateChange(
    () => joinCall(candidate, chosen, keyFor([candidate.version, chosen])),
    () => {
      notifyDone(text("asks.call.added"));
      onClose();
    },
  );
  const send = () => sending.mutate(undefined);
  return (
    <FormDialog title={text("asks.call.add")} onClose={onClose}>
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <Empty title={text("asks.call.add_none")} why={text("asks.call.add_none_why")} />
      ) : (
        <form noValidate className={classes.form} onSubmit={submitted(send)}>
          <p className="soft">{text("asks.call.add_why")}</p>
          <Checkbox.Group value={chosen} onChange={setChosen} aria-label={text("asks.call.add")}>
            <div className={classes.form}>
              {query.data.map((request) => (
                <Checkbox
                  key={request.id}
                  value={request.id}
                  label={requestTitle(request)}
                  description={text("asks.call.needs_by", {
                    requester: request.requester.name,
                    day: formatDay(request.need_by, today),
                  })}
                />
              ))}
            </div>
          </Checkbox.Group>
          <FormProblem error={sending.error} onRetry={send} />
          <Button type="submit" disabled={chosen.length === 0} loading={sending.isPending}>
            {text("asks.call.send", { count: chosen.length })}
          </Button>
        </form>
      )}
    </FormDialog>
  );
}

function InviteBuyer({ candidate, onClose }: DialogProps) {
  const [email, setEmail] = useState("");
  const sending = useCandidateChange(
    () => inviteBuyer(candidate, email.trim()),
    () => {
      notifyDone(text("asks.call.invited"));
      onClose();
    },
  );
  const send = () => sending.mutate(undefined);
  return (
    <FormDialog title={text("asks.call.invite")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <p className="soft">{text("asks.call.invite_why")}</p>
        <TextInput
          type="email"
          data-autofocus
          label={text("asks.call.email")}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={email.trim() === ""} loading={sending.isPending}>
          {text("asks.call.invite")}
        </Button>
      </form>
    </FormDialog>
  );
}
