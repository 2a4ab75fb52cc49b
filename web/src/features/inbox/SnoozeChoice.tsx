import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatInstant } from "../../format/format";
import { OtherTime, PutOff } from "../../parts/PutOff";
import { text } from "../../text/text";
import { snoozeTimes } from "./snooze-times";

const DAYS_MAX = 365;

interface Props {
  opened: boolean;
  onOpen: (isOpen: boolean) => void;
  onPick: (until: string) => void;
  isSaving: boolean;
}

/** Until when an entry is put off: a usual time in one press, or any of the next year. */
export function SnoozeChoice({ opened, onOpen, onPick, isSaving }: Props) {
  return (
    <PutOff
      label={text("inbox.snooze")}
      title={text("inbox.snooze_title")}
      opened={opened}
      onOpen={onOpen}
      saving={{ disabled: isSaving }}
    >
      {() => <Times onPick={onPick} />}
    </PutOff>
  );
}

function Times({ onPick }: Pick<Props, "onPick">) {
  const [now] = useState(() => new Date());
  const [typed, setTyped] = useState("");
  // What a date-time field holds is an hour of the reader's own clock.
  const until = new Date(typed);
  const ahead = until.getTime() - now.getTime();
  const fits = ahead > 0 && ahead <= DAYS_MAX * 86_400_000;
  return (
    <>
      {snoozeTimes(now).map((choice) => {
        const instant = choice.until.toISOString();
        return (
          <Button
            key={choice.name}
            size="xs"
            variant="subtle"
            justify="space-between"
            rightSection={<span className="meta">{formatInstant(instant)}</span>}
            onClick={() => onPick(instant)}
          >
            {text(`inbox.snooze_until.${choice.name}`)}
          </Button>
        );
      })}
      <OtherTime label={text("inbox.snooze")} fits={fits} onTake={() => onPick(until.toISOString())}>
        <TextInput
          type="datetime-local"
          size="xs"
          label={text("inbox.snooze_other")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </OtherTime>
    </>
  );
}
