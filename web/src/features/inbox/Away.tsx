import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { absenceQuery, endAbsence, planAbsence } from "../../api/inbox";
import { fieldMessages } from "../../api/problem";
import type { Absence } from "../../api/types";
import { formatDay } from "../../format/format";
import { type Named, PersonSelect } from "../../parts/inline/NamedSelect";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./InboxPage.module.css";

/** Who answers while the reader is away. */
export function Away() {
  const query = useQuery(absenceQuery());
  return (
    <Section title={text("inbox.away.title")}>
      {query.isPending ? (
        <Loading rows={1} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Plan absence={query.data} />
      )}
    </Section>
  );
}

function Plan({ absence }: { absence: Absence }) {
  const cache = useQueryClient();
  const keep = (saved: Absence) => cache.setQueryData(absenceQuery().queryKey, saved);
  const ending = useMutation({ mutationFn: endAbsence, onSuccess: keep });
  const { today } = useSession();
  const { from_on: from, until_on: until, stand_in: person } = absence;
  if (!from || !until || !person) return <PlanForm onSaved={keep} />;
  const days = { from: formatDay(from, today), until: formatDay(until, today), name: person.name };
  return (
    <>
      <p>{text("inbox.away.planned", days)}</p>
      <FormProblem error={ending.error} />
      <div className={classes.digest}>
        <Button
          size="xs"
          variant="default"
          loading={ending.isPending}
          onClick={() => ending.mutate(undefined)}
        >
          {text("inbox.away.end")}
        </Button>
      </div>
    </>
  );
}

function PlanForm({ onSaved }: { onSaved: (saved: Absence) => void }) {
  const { today } = useSession();
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState("");
  const [person, setPerson] = useState<Named | null>(null);
  const saving = useMutation({ mutationFn: planAbsence, onSuccess: onSaved });
  const problems = fieldMessages(saving.error);
  const isReady = from !== "" && until !== "" && person !== null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (person) saving.mutate({ from_on: from, until_on: until, stand_in_id: person.id });
      }}
    >
      <p className="meta">{text("inbox.away.why")}</p>
      <FormProblem error={saving.error} />
      <div className={classes.digest}>
        <TextInput
          size="xs"
          type="date"
          label={text("inbox.away.from")}
          min={today}
          value={from}
          error={problems.from_on}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={text("inbox.away.until")}
          min={from || today}
          value={until}
          error={problems.until_on}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <PersonSelect
          label={text("inbox.away.who")}
          placeholder={text("inbox.away.who")}
          value={person}
          error={problems.stand_in_id}
          onChange={setPerson}
        />
        <Button size="xs" type="submit" disabled={!isReady} loading={saving.isPending}>
          {text("inbox.away.save")}
        </Button>
      </div>
    </form>
  );
}
