import { lazy, Suspense } from "react";
import type { Commented } from "../api/comments";
import { spoken } from "../text/catalogue";
import { Loading } from "../ui/states";
import { canComment, useSession } from "./session";

const Comments = lazy(() => spoken(import("./Comments")).then((module) => ({ default: module.Comments })));

/** What colleagues write to each other on a record; fetched beside the page, which does not wait for it. */
export function RecordComments({ kind, id }: { kind: Commented; id: string }) {
  if (!canComment(useSession())) return null;
  return (
    <Suspense fallback={<Loading rows={2} />}>
      <Comments kind={kind} id={id} />
    </Suspense>
  );
}
