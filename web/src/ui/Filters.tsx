import type { ReactNode } from "react";
import classes from "./Filters.module.css";
import { FoldButton, Folded, useFold } from "./Fold";

interface Props {
  children: ReactNode;
  /** What stands behind one button on a phone, so that the list begins in sight. */
  folded?: ReactNode;
  /** How many of what is folded narrow the list now. */
  on?: number;
}

/** The row of filters over a list. */
export function Filters({ children, folded, on = 0 }: Props) {
  const fold = useFold();
  return (
    <search className={classes.filters} data-folds={folded !== undefined || undefined}>
      {children}
      {folded === undefined ? null : (
        <>
          <FoldButton fold={fold} on={on} />
          <Folded fold={fold}>{folded}</Folded>
        </>
      )}
    </search>
  );
}
