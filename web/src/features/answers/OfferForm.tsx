import { Button } from "@mantine/core";
import { useState } from "react";
import { knownZone, ownZone } from "../../format/format";
import { askerOf } from "../../parts/asker";
import { LinkForm } from "../../parts/LinkPage";
import { emptySlots, isOffer, offerOf, SlotFields } from "../../parts/SlotFields";
import "../../text/links";
import { text } from "../../text/text";
import { FormProblem, Notice } from "../../ui/states";
import classes from "./AnswerPage.module.css";
import type { FormProps } from "./AskForm";

/** The times that suit the advocate: with the yes, or when asked for them later. */
export function OfferForm({ view, isSending, error, onAnswer, onBack }: FormProps & { onBack?: () => void }) {
  const [values, setValues] = useState(() => emptySlots(knownZone(view.time_zone) ?? ownZone()));
  const [isMissing, setMissing] = useState(false);
  const send = () => {
    setMissing(!isOffer(values));
    if (isOffer(values)) onAnswer({ offer: offerOf(values) });
  };
  return (
    <LinkForm onSubmit={send}>
      <div>
        <p className="soft">{text("answers.hello", { name: view.advocate_name })}</p>
        <h1>{text("answers.times_title")}</h1>
        <p>{text("answers.times_lead", { asker: askerOf(view), count: view.minutes })}</p>
      </div>
      <SlotFields values={values} error={error} onChange={setValues} />
      {isMissing ? <Notice title={text("requests.slots.missing")} /> : null}
      <FormProblem error={error} onRetry={send} />
      <div className={classes.actions}>
        <Button type="submit" size="md" loading={isSending}>
          {text(onBack ? "answers.times_send" : "answers.times_send_later")}
        </Button>
        {onBack ? (
          <Button variant="default" size="md" onClick={onBack}>
            {text("answers.back")}
          </Button>
        ) : null}
      </div>
    </LinkForm>
  );
}
