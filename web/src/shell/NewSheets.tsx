import { LogUseSheet, type UseStart } from "../parts/LogUseSheet";
import { NominationSheet } from "../parts/NominationSheet";
import { RequestSheet } from "../parts/RequestSheet";
import type { NewSheet } from "../paths/schemas";
import { useSearchChange } from "../ui/use-search-change";

/** What "New" opens, over whichever page is there. */
export function NewSheets({ sheet, here }: { sheet: NewSheet; here: string }) {
  const changeSearch = useSearchChange();
  const close = () => void changeSearch({ new: undefined }, { replace: true });
  return (
    <>
      <RequestSheet start={sheet === "request" ? {} : null} onClose={close} />
      <LogUseSheet start={sheet === "use" ? startOf(here) : null} onClose={close} />
      <NominationSheet opened={sheet === "nomination"} onClose={close} />
    </>
  );
}

/** The deal or the advocate whose page it is opened over. */
function startOf(here: string): UseStart {
  const [, kind, id] = here.match(/^\/(opportunities|advocates)\/([0-9a-f-]{36})$/) ?? [];
  if (kind === "opportunities") return { deal: id };
  return kind === "advocates" ? { advocate: id } : {};
}
