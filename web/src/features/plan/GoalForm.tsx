import { NumberInput, Select, TextInput } from "@mantine/core";
import { typedNumbers } from "../../format/format";
import { useSession } from "../../parts/session";
import { TermsField } from "../../parts/TermsField";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import type { GoalBy, GoalFields } from "./goal";
import classes from "./plan.module.css";

const BYS: GoalBy[] = ["share", "more", "total"];

interface Props {
  fields: GoalFields;
  /** What the server says is wrong, by its name of the field. */
  problems: Record<string, string>;
  onChange: (fields: GoalFields) => void;
}

/** What a goal says: when, by how much, and whose deals it is about. */
export function GoalForm({ fields, problems, onChange }: Props) {
  const { currency } = useSession();
  const isShare = fields.by === "share";
  return (
    <Section title={text("plan.goals.says")}>
      <div className={classes.fields}>
        <TextInput
          type="date"
          label={text("plan.goals.first")}
          value={fields.first}
          error={problems.first}
          onChange={(event) => onChange({ ...fields, first: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={text("plan.goals.last")}
          value={fields.last}
          error={problems.last}
          onChange={(event) => onChange({ ...fields, last: event.currentTarget.value })}
        />
        <Select
          label={text("plan.goals.change")}
          allowDeselect={false}
          value={fields.by}
          data={BYS.map((by) => ({ value: by, label: text(`plan.goals.by.${by}`) }))}
          onChange={(by) => by && onChange({ ...fields, by: by as GoalBy, value: "" })}
        />
        <NumberInput
          label={text(isShare ? "plan.goals.percent" : "plan.goals.amount")}
          {...typedNumbers}
          hideControls
          suffix={isShare ? " %" : ` ${currency}`}
          value={fields.value}
          error={problems.change}
          onChange={(value) => onChange({ ...fields, value })}
        />
      </div>
      <TermsField
        label={text("plan.goals.terms")}
        description={text("plan.goals.terms_hint")}
        {...{
          value: fields.terms,
          error: problems.terms,
          onChange: (terms: string[]) => onChange({ ...fields, terms }),
        }}
      />
    </Section>
  );
}
