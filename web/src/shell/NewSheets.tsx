import { NominationSheet } from "../parts/NominationSheet";
import { RequestSheet } from "../parts/RequestSheet";
import { useSearchChange } from "../ui/use-search-change";

/** What "New" opens, over whichever page is there. */
export function NewSheets({ sheet }: { sheet: "request" | "nomination" }) {
  const changeSearch = useSearchChange();
  const close = () => void changeSearch({ new: undefined }, { replace: true });
  return (
    <>
      <RequestSheet start={sheet === "request" ? {} : null} onClose={close} />
      <NominationSheet opened={sheet === "nomination"} onClose={close} />
    </>
  );
}
