import { Button, Popover } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./PutOff.module.css";

interface Props {
  /** What the button says. */
  label: string;
  /** What the choice is called. */
  title: string;
  opened: boolean;
  onOpen: (isOpen: boolean) => void;
  /** How the button shows that the last choice is being saved. */
  saving: { loading?: boolean; disabled?: boolean };
  /** The times to choose from; made when somebody looks. */
  children: () => ReactNode;
}

/** A button that asks until when something is put off. */
export function PutOff({ label, title, opened, onOpen, saving, children }: Props) {
  return (
    <Popover opened={opened} onChange={onOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" {...saving} onClick={() => onOpen(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>
        {opened ? <div className={classes.times}>{children()}</div> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

interface OtherProps {
  label: string;
  /** Whether what stands in the field can be taken. */
  fits: boolean;
  onTake: () => void;
  /** The field for a time of one's own. */
  children: ReactNode;
}

/** A time that is none of the usual ones. */
export function OtherTime({ label, fits, onTake, children }: OtherProps) {
  return (
    <form
      className={classes.other}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) onTake();
      }}
    >
      {children}
      <Button type="submit" size="xs" variant="default" disabled={!fits}>
        {label}
      </Button>
    </form>
  );
}
