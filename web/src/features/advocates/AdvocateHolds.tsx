import "../../text/holds";
import type { Advocate } from "../../api/types";
import { HoldButton } from "../../parts/HoldButton";
import { HoldList } from "../../parts/HoldList";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";

interface Props {
  advocate: Advocate;
  /** Whether the reader may ask for this advocate at all. */
  asks: boolean;
}

/** For which deals a use is kept, and who waits for one. */
export function AdvocateHolds({ advocate, asks }: Props) {
  return (
    <Section title={text("holds.title")} aside={asks ? <HoldButton advocate={advocate.id} /> : null}>
      <HoldList of={{ advocate: advocate.id }} none={text("holds.on_advocate_none")} />
    </Section>
  );
}
