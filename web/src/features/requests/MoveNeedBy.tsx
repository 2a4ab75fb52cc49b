import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Request } from "../../api/types";
import { moveNeedBy } from "../../api/writes";
import { requestTitle } from "../../parts/RequestRow";
import { useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { submitted } from "./Dialog";
import classes from "./RequestPage.module.css";

/** Moves the day by which a request is needed; the server says who can still be had on it. */
export function MoveNeedBy({ request, onClose }: { request: Request; onClose: () => void }) {
  const { today } = useSession();
  const [day, setDay] = useState(request.need_by);
  const sending = useCandidateChange(
    () => moveNeedBy(request, day),
    () => {
      notifyDone(text("requests.day_moved"));
      onClose();
    },
  );
  const send = () => sending.mutate(undefined);
  return (
    <FormDialog title={text("requests.move_day")} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={submitted(send)}>
        <p className="soft">{text("requests.move_day_why", { name: requestTitle(request) })}</p>
        <TextInput
          type="date"
          data-autofocus
          min={today}
          label={text("requests.need_by")}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <FormProblem error={sending.error} onRetry={send} />
        <Button type="submit" disabled={day === "" || day === request.need_by} loading={sending.isPending}>
          {text("requests.move_day")}
        </Button>
      </form>
    </FormDialog>
  );
}
