import { IconMailX } from "@tabler/icons-react";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { Mark } from "../ui/Mark";
import { useSession } from "./session";

/** That a mail server refused an address for good, and when; nothing while none did. */
export function RefusedMark({ on }: { on: string | null }) {
  const { today } = useSession();
  if (!on) return null;
  return (
    <Mark tone="blocked" icon={<IconMailX />}>
      {text("refused.mark", { day: formatDay(on, today) })}
    </Mark>
  );
}
