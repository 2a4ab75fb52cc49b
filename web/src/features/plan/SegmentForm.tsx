import { Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { typedNumbers } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { MONTHS, type SegmentFields } from "./calculator";
import { monthName } from "./months";
import classes from "./plan.module.css";

interface Props {
  place: number;
  segment: SegmentFields;
  /** What the server says is wrong, by its name of the field. */
  problems: Record<string, string>;
  onChange: (segment: SegmentFields) => void;
  onRemove: (() => void) | undefined;
}

/** How one segment of the team sells. */
export function SegmentForm({ place, segment, problems, onChange, onRemove }: Props) {
  const { currency } = useSession();
  const title = segment.name.trim() || text("plan.calculator.segment_of", { number: place + 1 });
  const problem = (field: string) => problems[`segments.${place}.${field}`];
  const number = (
    field: "sellers" | "quota" | "deal_size" | "need_rate" | "references" | "win_rate",
    rest: { suffix?: string; description?: string } = {},
  ) => (
    <NumberInput
      label={text(`plan.calculator.${field}`)}
      value={segment[field]}
      onChange={(next) => onChange({ ...segment, [field]: next })}
      error={problem(field)}
      {...typedNumbers}
      hideControls
      {...rest}
    />
  );
  return (
    <Section
      title={title}
      aside={
        onRemove ? (
          <Button size="compact-xs" variant="subtle" onClick={onRemove}>
            {text("plan.calculator.remove", { name: title })}
          </Button>
        ) : null
      }
    >
      <div className={classes.fields}>
        <TextInput
          label={text("plan.calculator.name")}
          value={segment.name}
          maxLength={100}
          error={problem("name")}
          onChange={(event) => onChange({ ...segment, name: event.currentTarget.value })}
        />
        {number("sellers")}
        {number("quota", { suffix: ` ${currency}` })}
        {number("deal_size", { suffix: ` ${currency}` })}
        {number("need_rate", { suffix: " %" })}
        {number("references")}
        {number("win_rate", { suffix: " %", description: text("plan.calculator.win_rate_hint") })}
      </div>
      <Switch
        label={text("plan.calculator.seasons")}
        checked={segment.seasonality !== null}
        onChange={(event) =>
          onChange({
            ...segment,
            seasonality: event.currentTarget.checked ? Array.from({ length: MONTHS }, () => 1) : null,
          })
        }
      />
      {segment.seasonality ? (
        <div className={classes.months}>
          {segment.seasonality.map((weight, month) => (
            <NumberInput
              // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place in the year
              key={month}
              label={monthName(month)}
              aria-label={text("plan.calculator.month", { month: monthName(month) })}
              value={weight}
              min={0}
              hideControls
              error={problem("seasonality") !== undefined}
              onChange={(next) =>
                onChange({
                  ...segment,
                  seasonality: (segment.seasonality ?? []).map((one, at) => (at === month ? next : one)),
                })
              }
            />
          ))}
        </div>
      ) : null}
      {problem("seasonality") ? <p role="alert">{problem("seasonality")}</p> : null}
    </Section>
  );
}
