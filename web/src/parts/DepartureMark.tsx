import { IconDoorExit } from "@tabler/icons-react";
import { daysUntil, formatDay } from "../format/format";
import { text } from "../text/text";
import { Mark } from "../ui/Mark";
import { useSession } from "./session";

/** That somebody has left their company, or when they will; nothing while neither is known. */
export function DepartureMark({ leftOn }: { leftOn: string | null }) {
  const { today } = useSession();
  if (!leftOn) return null;
  const isGone = daysUntil(leftOn, today) <= 0;
  return (
    <Mark tone={isGone ? "blocked" : "ask"} icon={<IconDoorExit />}>
      {text(isGone ? "departure.left" : "departure.leaves", { day: formatDay(leftOn, today) })}
    </Mark>
  );
}
