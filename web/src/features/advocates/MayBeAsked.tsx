import { TextInput } from "@mantine/core";
import { IconBan, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayQuery } from "../../api/may-query";
import type { Activity, Advocate, MayAnswer } from "../../api/types";
import { addDays, formatDay } from "../../format/format";
import { ActivitySelect, DEFAULT_ACTIVITY } from "../../parts/ActivitySelect";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Mark } from "../../ui/Mark";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./AdvocatePage.module.css";
import { RecordConsent } from "./RecordConsent";
import { type There, Whereabouts } from "./Whereabouts";

/** Far enough ahead for the notice of a call. */
const DAYS_AHEAD = 14;

/** May they be used for something on a day, and because of what. */
export function MayBeAsked({ advocate }: { advocate: Advocate }) {
  const { today } = useSession();
  const [activity, setActivity] = useState<Activity>(DEFAULT_ACTIVITY);
  const [on, setOn] = useState(addDays(today, DAYS_AHEAD));
  const [there, setThere] = useState<There>({ channel: undefined, region: "" });
  const isDay = on >= today;
  const query = useQuery({ ...mayQuery(advocate.id, activity, on, there), enabled: isDay });
  return (
    <Section
      title={text("advocates.may.title")}
      aside={advocate.can_record_consent ? <RecordConsent advocate={advocate} /> : null}
    >
      <div className={classes.may}>
        <ActivitySelect label={text("advocates.may.activity")} value={activity} onChange={setActivity} />
        <TextInput
          type="date"
          min={today}
          label={text("advocates.may.on")}
          error={isDay ? undefined : text("advocates.may.on_past")}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <Whereabouts
          there={there}
          open={{ channel: text("asks.there.general"), region: text("asks.there.general") }}
          onChange={setThere}
        />
      </div>
      {!isDay ? null : query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Answer answer={query.data} />
      )}
    </Section>
  );
}

function Answer({ answer }: { answer: MayAnswer }) {
  const { today } = useSession();
  const next = answer.next_free && answer.next_free !== answer.on ? answer.next_free : null;
  return (
    <div role="status" className={classes.answer}>
      {answer.may ? (
        <Mark tone="free" icon={<IconCircleCheck />}>
          {text("advocates.may.yes")}
        </Mark>
      ) : (
        <Mark tone="blocked" icon={<IconBan />}>
          {text("advocates.may.no")}
        </Mark>
      )}
      <ul>
        {answer.because.map((why) => (
          <li key={why}>{why}</li>
        ))}
        {answer.is_rush ? <li>{text("advocates.may.rush")}</li> : null}
      </ul>
      {next ? <p className="soft">{text("advocates.may.next", { day: formatDay(next, today) })}</p> : null}
    </div>
  );
}
