import type { Candidate } from "../api/types";
import { text } from "../text/text";
import { notifyDone } from "../ui/notify";

/** Says that the yes of an owner is given, and that the advocate is asked. */
export const notifyApproved = (candidate: Candidate) =>
  notifyDone(
    text("requests.approved"),
    text("requests.approved_detail", { name: candidate.advocate.display_name }),
  );
