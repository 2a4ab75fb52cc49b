import type { ReactNode } from "react";
import classes from "./Filters.module.css";
import { FoldButton, Folded, useFold } from "./Fold";

interface Props {
  children: ReactNode;
  /** What stands behind one button on a phone, so that the list begins in sight. */
  folded?: ReactNode;
}

/** The row of filters over a list. */
export function Filters({ children, folded }: Props) {
  const fold = useFold();
  return (
    <search className={classes.filters} data-folds={folded !== undefined || undefined}>
      {children}
      {folded === undefined ? null : (
        <>
          <FoldButton fold={fold} />
          <Folded fold={fold}>{folded}</Folded>
        </>
      )}
    </search>
  );
}
