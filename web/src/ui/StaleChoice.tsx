import { Button } from "@mantine/core";
import { text } from "../text/text";
import classes from "./StaleChoice.module.css";
import { Notice } from "./states";

export interface Difference {
  label: string;
  theirs: string;
  mine: string;
}

interface Props {
  differences: Difference[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  isSaving: boolean;
}

/** Someone else changed the record first: both versions, and the person chooses. Nothing typed is lost. */
export function StaleChoice({ differences, onKeepMine, onTakeTheirs, isSaving }: Props) {
  return (
    <Notice tone="ask" title={text("stale.title")}>
      <p data-unsent>{differences.length > 0 ? text("stale.detail") : text("stale.other_fields")}</p>
      {differences.map((one) => (
        <dl key={one.label} className={classes.pair}>
          <div>
            <dt>{text("stale.theirs", { field: one.label })}</dt>
            <dd>{one.theirs || text("state.nothing")}</dd>
          </div>
          <div>
            <dt>{text("stale.mine", { field: one.label })}</dt>
            <dd>{one.mine || text("state.nothing")}</dd>
          </div>
        </dl>
      ))}
      <div className={classes.actions}>
        <Button size="xs" onClick={onKeepMine} loading={isSaving}>
          {text("stale.keep_mine")}
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          {text("stale.take_theirs")}
        </Button>
      </div>
    </Notice>
  );
}
