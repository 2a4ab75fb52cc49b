import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { text } from "../text/text";
import classes from "./ProgressSteps.module.css";

export interface Step {
  key: string;
  label: string;
  state: "done" | "now" | "next" | "skipped" | "ended";
  note?: string;
}

interface Props {
  steps: Step[];
  label: string;
  /** In a list: where it is narrow, the row stays and names the step that something stands at. */
  isBrief?: boolean;
}

/** Where something stands, as a row of named steps; a column where it is narrow. */
export function ProgressSteps({ steps, label, isBrief }: Props) {
  return (
    <div className={classes.frame} data-brief={isBrief}>
      <ol className={classes.steps} aria-label={label}>
        {steps.map((step) => (
          <li
            key={step.key}
            className={classes.step}
            data-state={step.state}
            aria-current={step.state === "now" ? "step" : undefined}
          >
            <span className={classes.dot} aria-hidden="true">
              {step.state === "done" ? (
                <IconCheck size={12} stroke={3} />
              ) : step.state === "ended" ? (
                <IconX size={12} stroke={3} />
              ) : step.state === "skipped" ? (
                <IconMinus size={12} stroke={3} />
              ) : null}
            </span>
            <span className={classes.words}>
              <span>{step.label}</span>
              <span className={step.state === "skipped" ? "meta" : "visually-hidden"}>
                {text(`steps.${step.state}`)}
              </span>
              {step.note ? <span className="meta">{step.note}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
