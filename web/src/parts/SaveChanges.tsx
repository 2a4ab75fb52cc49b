import { Button } from "@mantine/core";
import { text } from "../text/text";
import { AskBeforeLeaving } from "../ui/AskBeforeLeaving";
import layout from "./form.module.css";

/** The part of a form's editing that saving needs. */
export interface Editing {
  isSaving: boolean;
  isChanged: boolean;
  isStale: boolean;
  reset: () => void;
}

interface Props {
  edit: Editing;
  className?: string;
}

/** Saves or gives up what was typed, and asks before the page is left; not there while nothing was. */
export function SaveChanges({ edit, className = "" }: Props) {
  if (!edit.isChanged) return null;
  return (
    <div className={`${layout.actions} ${className}`}>
      <AskBeforeLeaving />
      <Button type="submit" loading={edit.isSaving} disabled={edit.isStale}>
        {text("action.save")}
      </Button>
      <Button variant="default" onClick={edit.reset}>
        {text("action.cancel")}
      </Button>
    </div>
  );
}
