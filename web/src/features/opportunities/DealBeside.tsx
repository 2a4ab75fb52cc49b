import type { Opportunity } from "../../api/types";
import { RecordComments } from "../../parts/RecordComments";
import { DealHolds } from "./DealHolds";

/** What stands beside a deal and comes after it: nothing of it is needed to find a reference. */
export function DealBeside({ deal }: { deal: Opportunity }) {
  return (
    <>
      <div data-of="requests">
        <DealHolds deal={deal} />
      </div>
      <div data-of="comments">
        <RecordComments kind="opportunity" id={deal.id} />
      </div>
    </>
  );
}
