import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { addDays, formatDay, formatDistance } from "../../format/format";
import { OtherTime, PutOff } from "../../parts/PutOff";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";

/** A week, a month and a quarter, and the longest that the server takes. */
const CHOICES = [7, 30, 91] as const;
const DAYS_MAX = 365;

interface Props {
  opened: boolean;
  onOpen: (isOpen: boolean) => void;
  onPick: (until: string) => void;
  isSaving: boolean;
}

/** Until when a row is put off: a usual span in one press, or any day of the next year. */
export function PutOffChoice({ opened, onOpen, onPick, isSaving }: Props) {
  return (
    <PutOff
      label={text("steward.later")}
      title={text("steward.later_title")}
      opened={opened}
      onOpen={onOpen}
      saving={{ loading: isSaving }}
    >
      {() => <Days onPick={onPick} />}
    </PutOff>
  );
}

function Days({ onPick }: Pick<Props, "onPick">) {
  const { today } = useSession();
  const [day, setDay] = useState("");
  const [first, last] = [addDays(today, 1), addDays(today, DAYS_MAX)];
  const fits = day >= first && day <= last;
  return (
    <>
      {CHOICES.map((days) => {
        const until = addDays(today, days);
        const words = { distance: formatDistance(until, today), day: formatDay(until, today) };
        return (
          <Button key={days} size="xs" variant="subtle" justify="start" onClick={() => onPick(until)}>
            {text("steward.later_choice", words)}
          </Button>
        );
      })}
      <OtherTime label={text("steward.later")} fits={fits} onTake={() => onPick(day)}>
        <TextInput
          type="date"
          size="xs"
          label={text("steward.later_other")}
          min={first}
          max={last}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
      </OtherTime>
    </>
  );
}
