import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { pickedFile } from "../../api/files";
import { pickOffered } from "../../api/link-writes";
import { fieldMessages, sayProblem } from "../../api/problem";
import { slotsQuery } from "../../api/request-queries";
import type { PickSlot, SlotsOnOffer } from "../../api/types";
import { formatInstant, formatSlot, ownZone } from "../../format/format";
import { within } from "../../parts/activity";
import { askerOf } from "../../parts/asker";
import { isSpent, LinkForm, LinkLoaded, LinkPage, Said } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { FormProblem, Notice } from "../../ui/states";
import classes from "./SlotsPage.module.css";
import { whoWords } from "./words";

/** What a buyer sees behind a link: who will talk to them, and the times to choose from. */
export function SlotsPage() {
  const { token } = useParams({ from: "/pick/$token" });
  const query = useQuery(slotsQuery(token));
  return (
    <LinkPage title={text("slots.title")}>
      <LinkLoaded query={query}>{(view) => <Choice token={token} view={view} />}</LinkLoaded>
    </LinkPage>
  );
}

function Choice({ token, view }: { token: string; view: SlotsOnOffer }) {
  const asker = askerOf(view);
  switch (view.state) {
    case "picked":
      return <Picked token={token} view={view} asker={asker} />;
    case "over":
      return <Said title={text("slots.over_title")} detail={text("slots.over_detail", { asker })} />;
    case "open":
      return <Open token={token} view={view} asker={asker} />;
  }
}

interface Props {
  token: string;
  view: SlotsOnOffer;
  asker: string;
}

function Picked({ token, view, asker }: Props) {
  const zone = ownZone();
  const when = view.starts_at ? formatSlot(view.starts_at, zone) : "";
  return (
    <Said
      title={text("slots.picked_title")}
      detail={text("slots.picked_when", { when, zone, count: view.minutes })}
    >
      {view.place ? <p className={classes.place}>{view.place}</p> : null}
      <p className="soft">{text("slots.picked_detail", { asker })}</p>
      <Button component="a" href={pickedFile(token)} download variant="default">
        {text("slots.file")}
      </Button>
    </Said>
  );
}

function Open({ token, view, asker }: Props) {
  const zone = ownZone();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [email, setEmail] = useState("");
  const [isMissing, setMissing] = useState(false);
  const sending = useMutation({
    mutationFn: (input: PickSlot) => pickOffered(token, input),
    onSuccess: (answer) => cache.setQueryData(slotsQuery(token).queryKey, answer),
  });
  if (isSpent(sending.error)) return <Said {...sayProblem(sending.error)} />;
  const problems = fieldMessages(sending.error);
  const send = () => {
    setMissing(chosen === null);
    if (chosen) sending.mutate({ starts_at: chosen, buyer_email: email.trim() || undefined });
  };
  return (
    <LinkForm onSubmit={send}>
      <div>
        <h1>{text("slots.title")}</h1>
        <p>{text("slots.lead", { asker, activity: within(view.activity_label), who: whoWords(view) })}</p>
      </div>
      <fieldset className={classes.times}>
        <legend>{text("slots.which")}</legend>
        <p className="meta">
          {zone} · {text("slots.length", { count: view.minutes })}
        </p>
        {view.slots.map((slot) => (
          <label key={slot} className={classes.time}>
            <input
              type="radio"
              name="slot"
              value={slot}
              checked={chosen === slot}
              onChange={() => setChosen(slot)}
            />
            <span>{formatSlot(slot, zone)}</span>
          </label>
        ))}
      </fieldset>
      {isMissing ? <Notice title={text("slots.missing")} /> : null}
      <TextInput
        type="email"
        autoComplete="email"
        maxLength={254}
        label={text("slots.email")}
        description={text("slots.email_hint")}
        value={email}
        error={problems.buyer_email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <FormProblem error={sending.error} onRetry={send} />
      <Button type="submit" size="md" loading={sending.isPending}>
        {text("slots.pick")}
      </Button>
      <p className="meta">{text("slots.until", { when: formatInstant(view.expires_at) })}</p>
    </LinkForm>
  );
}
