import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { sayProblem } from "../../api/problem";
import type { ListKind } from "../../api/types";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { BackLink } from "../../ui/BackLink";
import { notifyFailed } from "../../ui/notify";
import { useKeys } from "../../ui/use-keys";
import classes from "./RecordWalk.module.css";
import { useTrail } from "./trail";

interface Props {
  list: ListKind;
  id: string;
  hrefOf: (id: string) => string;
  /** J and K belong to a list on this page; N and P walk everywhere. */
  hasRows?: boolean;
}

/** Back to the list that the record stands in, and on to the one before and after it. */
export function RecordWalk({ list, id, hrefOf, hasRows = false }: Props) {
  const router = useRouter();
  const walk = useTrail(list, id);
  const [isBusy, setBusy] = useState(false);
  const step = async (by: 1 | -1) => {
    if (!walk || isBusy) return;
    setBusy(true);
    try {
      const next = await walk.step(by);
      // Walking through a list is one visit of it: back leads to the list.
      if (next) await router.navigate({ href: hrefOf(next), replace: true });
    } catch (error) {
      const { title, detail } = sayProblem(error);
      notifyFailed(title, detail);
    } finally {
      setBusy(false);
    }
  };
  const next = () => void step(1);
  const previous = () => void step(-1);
  useKeys({ n: next, p: previous, ...(hasRows ? {} : { j: next, k: previous }) });
  return (
    <nav className={classes.walk} aria-label={text("walk.label")}>
      <BackLink href={walk?.trail.href ?? paths.list(list)}>{text(`walk.back.${list}`)}</BackLink>
      {walk ? (
        <div className={classes.steps}>
          <span className="meta numbers">
            {text("walk.place", { place: formatNumber(walk.at + 1), total: formatNumber(walk.trail.total) })}
          </span>
          <ActionIcon
            variant="default"
            aria-label={text("walk.previous")}
            title={text("walk.previous")}
            disabled={walk.isFirst}
            onClick={previous}
          >
            <IconChevronUp size={16} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={text("walk.next")}
            title={text("walk.next")}
            disabled={walk.isLast}
            onClick={next}
          >
            <IconChevronDown size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ) : null}
    </nav>
  );
}
