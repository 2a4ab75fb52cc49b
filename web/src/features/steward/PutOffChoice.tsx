import { Button, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { addDays, formatDay, formatDistance } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import classes from "./StewardPage.module.css";

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
    <Popover opened={opened} onChange={onOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" loading={isSaving} onClick={() => onOpen(!opened)}>
          {text("steward.later")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text("steward.later_title")}>
        {opened ? <Days onPick={onPick} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function Days({ onPick }: Pick<Props, "onPick">) {
  const { today } = useSession();
  const [day, setDay] = useState("");
  const [first, last] = [addDays(today, 1), addDays(today, DAYS_MAX)];
  const fits = day >= first && day <= last;
  return (
    <div className={classes.days}>
      {CHOICES.map((days) => {
        const until = addDays(today, days);
        const words = { distance: formatDistance(until, today), day: formatDay(until, today) };
        return (
          <Button key={days} size="xs" variant="subtle" justify="start" onClick={() => onPick(until)}>
            {text("steward.later_choice", words)}
          </Button>
        );
      })}
      <form
        className={classes.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (fits) onPick(day);
        }}
      >
        <TextInput
          type="date"
          size="xs"
          label={text("steward.later_other")}
          min={first}
          max={last}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={!fits}>
          {text("steward.later")}
        </Button>
      </form>
    </div>
  );
}
