import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff, IconInbox, IconLock } from "@tabler/icons-react";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { isCode, sayProblem } from "../api/problem";
import { sessionEnded } from "../api/session-ended";
import { text } from "../text/text";
import classes from "./states.module.css";

/** Answers that come quickly never flash a skeleton. */
const SKELETON_AFTER_MS = 150;

/** Grey bars in the shape of what is coming. */
export function Loading({ rows = 6, height = 20 }: { rows?: number; height?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-live="polite" className={classes.loading}>
      <span className="visually-hidden">{text("state.loading")}</span>
      {shown
        ? Array.from({ length: rows }, (_, row) => <Bar key={rowKey(row)} row={row} height={height} />)
        : null}
    </div>
  );
}

const rowKey = (row: number) => `bar-${row}`;

function Bar({ row, height }: { row: number; height: number }) {
  return (
    <div
      className={classes.bar}
      style={{ height, width: `${100 - ((row * 13) % 35)}%` }}
      aria-hidden="true"
    />
  );
}

interface EmptyProps {
  title: string;
  /** Why there is nothing here. */
  why: string;
  /** The next step, as a button or link. */
  next?: ReactNode;
  icon?: ReactNode;
  /** It is all that the page has, so its title is the page's. */
  isPage?: boolean;
}

/** The title of a state: the page's own where nothing else is on it. */
function Title({ words, isPage }: { words: string; isPage: boolean }) {
  useEffect(() => {
    if (isPage) document.title = `${words} · Goodword`;
  }, [words, isPage]);
  return isPage ? <h1 className={classes.title}>{words}</h1> : <p className={classes.title}>{words}</p>;
}

/** Nothing here: why, and what to do about it. */
export function Empty({ title, why, next, icon, isPage = false }: EmptyProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon} aria-hidden="true">
        {icon ?? <IconInbox />}
      </span>
      <Title words={title} isPage={isPage} />
      <p className="soft measure">{why}</p>
      {next ? <div className={classes.next}>{next}</div> : null}
    </div>
  );
}

/** What leads on from something that is hidden or not there, for those who signed in. */
export const HiddenHelp = createContext<ReactNode>(null);

interface FailedProps {
  error: unknown;
  onRetry?: () => void;
  /** It is all that the page has, so its title is the page's. */
  isPage?: boolean;
}

/** A list or page that could not be read; tells a refusal from a breakdown. */
export function Failed({ error, onRetry, isPage = false }: FailedProps) {
  const said = sayProblem(error);
  const help = useContext(HiddenHelp);
  const isHidden = isCode(error, "forbidden") || isCode(error, "not_found");
  const icon =
    said.next === "leave" ? <IconLock /> : said.next === "retry" ? <IconCloudOff /> : <IconAlertTriangle />;
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <Title words={said.title} isPage={isPage} />
      <p className="soft measure">{said.detail}</p>
      {isHidden && help ? <div className={classes.next}>{help}</div> : null}
      {onRetry && said.next !== "leave" ? (
        <div className={classes.next}>
          <Button variant="default" onClick={onRetry}>
            {text("action.retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** A failure inside a form or a card: stays next to what was typed. */
export function Notice({
  tone = "overdue",
  title,
  children,
  action,
}: {
  tone?: "overdue" | "ask" | "free" | "resting";
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === "overdue" ? "alert" : "status"}>
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.noticeIcon} />
      <div className={classes.noticeWords}>
        <strong>{title}</strong>
        {children ? <div>{children}</div> : null}
        {action ? <div className={classes.next}>{action}</div> : null}
      </div>
    </div>
  );
}

/** The words of an error inside a form, with a retry where one helps. */
export function FormProblem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const isSessionOver = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.isOver);
  if (!error) return null;
  const said = sayProblem(error);
  if (said.next === "sign_in" && !isSessionOver) return <SignedInAgain onRetry={onRetry} />;
  const retry =
    onRetry && said.next === "retry" ? (
      <Button size="xs" variant="default" onClick={onRetry}>
        {text("action.retry")}
      </Button>
    ) : undefined;
  return (
    <Notice title={said.title} action={retry}>
      {said.detail}
    </Notice>
  );
}

/** After signing in over the page: what was typed is still there, and one press sends it. */
function SignedInAgain({ onRetry }: { onRetry?: () => void }) {
  const retry = onRetry ? (
    <Button size="xs" variant="default" onClick={onRetry}>
      {text("action.retry")}
    </Button>
  ) : undefined;
  return (
    <Notice tone="resting" title={text("problem.again.title")} action={retry}>
      {text("problem.again.detail")}
    </Notice>
  );
}
