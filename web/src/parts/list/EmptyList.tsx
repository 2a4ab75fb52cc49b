import type { ReactNode } from "react";
import type { ListChoice } from "../../api/queries";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Empty } from "../../ui/states";
import { canImport, useSession } from "../session";

interface Props {
  /** What the list was asked. */
  choice: ListChoice;
  title: string;
  why: string;
  /** The address at which the list leaves nothing out. */
  all: string;
  /** The way on where the whole list is empty; a file to import, where nothing else is said. */
  next?: ReactNode;
}

/** A list without rows: all of it where it was narrowed, else the way to fill it. */
export function EmptyList({ choice, title, why, all, next }: Props) {
  const session = useSession();
  const isNarrowed = choice.q !== undefined || choice.filter !== undefined;
  const fill =
    next ??
    (canImport(session) ? <AppLink href={paths.imports()}>{text("list.import")}</AppLink> : undefined);
  return (
    <Empty
      title={title}
      why={why}
      next={isNarrowed ? <AppLink href={all}>{text("list.show_all")}</AppLink> : fill}
    />
  );
}
