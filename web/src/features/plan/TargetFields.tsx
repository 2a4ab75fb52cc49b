import { NumberInput, Textarea, TextInput } from "@mantine/core";
import { text } from "../../text/text";
import classes from "./plan.module.css";

const WANTED_MAX = 1_000;

interface Props {
  inputOf: (field: "wanted" | "start_by" | "note") => object;
  /** The first field is where somebody begins. */
  isFocused?: boolean;
}

/** What a recruiting target asks for, when it is made and when it is changed. */
export function TargetFields({ inputOf, isFocused }: Props) {
  return (
    <>
      <div className={classes.fields}>
        <NumberInput
          data-autofocus={isFocused}
          label={text("plan.targets.wanted")}
          min={1}
          max={WANTED_MAX}
          allowDecimal={false}
          {...inputOf("wanted")}
        />
        <TextInput type="date" label={text("plan.targets.start_by")} {...inputOf("start_by")} />
      </div>
      <Textarea
        label={text("plan.targets.note")}
        description={text("plan.targets.note_help")}
        autosize
        minRows={2}
        maxLength={2000}
        {...inputOf("note")}
      />
    </>
  );
}
