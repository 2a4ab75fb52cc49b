import type { AdvocateStatus } from "../../api/types";

export type Stage = "nominated" | "vetting" | "invited" | "onboarding";

/** The stages of the board and where each leads; the server checks every move again. */
export const NEXT: Record<Stage, AdvocateStatus> = {
  nominated: "vetting",
  vetting: "invited",
  invited: "onboarding",
  onboarding: "active",
};
export const STAGES = Object.keys(NEXT) as Stage[];

/** A column as the place where a card is let go: the same move as the button on the card. */
export interface Drop {
  /** Whether the card under the pointer may go here. */
  isOpen: boolean;
  onDrop: () => void;
}

/** What the element of a column needs to be such a place. */
export const dropProps = ({ isOpen, onDrop }: Drop) => ({
  "data-open": isOpen || undefined,
  onDragOver: (event: React.DragEvent) => {
    if (isOpen) event.preventDefault();
  },
  onDrop,
});
