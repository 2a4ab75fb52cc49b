import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { accountsQuery, advocatesQuery, contactsQuery, opportunitiesQuery, usersQuery } from "../api/queries";
import type { Session } from "../api/types";
import { actionsHere } from "../parts/actions-here";
import { settingsScreens } from "../parts/SettingsTabs";
import {
  canDelete,
  canEditUsers,
  canLogUse,
  canNominate,
  canReadContacts,
  canRequest,
  canTag,
  hasRole,
} from "../parts/session";
import { paths } from "../paths/paths";
import { readSearch, writeSearch } from "../paths/search";
import { text } from "../text/text";
import { destinations } from "./navigation";
import classes from "./Palette.module.css";

interface Choice {
  key: string;
  group: string;
  label: string;
  note?: string;
  /** The address that it leads to, or what it does. */
  target: string | (() => void);
}

const PER_GROUP = 5;
const ASK_AFTER_MS = 120;

/** Search, go and act: screens, records, sentences for Find, and what the page offers for what is chosen. */
export function Palette({ session, onClose }: { session: Session; onClose: () => void }) {
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(session, typed.trim());
  const chosen = Math.min(at, Math.max(0, choices.length - 1));
  const list = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const open = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    const { target } = choice;
    if (typeof target === "string") void router.navigate({ href: target });
    // The dialog is gone first, so that what the action opens has the focus.
    else setTimeout(target);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") open(choices[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    // A native dialog has the focus in the same turn as the key press: no typed letter is lost.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it, the browser sees to that
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={text("shell.palette.title")}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <input
        className={classes.box}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-label={text("shell.search_long")}
        placeholder={text("shell.search_long")}
        maxLength={300}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div
        className={classes.list}
        role="listbox"
        id={id}
        aria-label={text("shell.palette.title")}
        ref={list}
      >
        {choices.map((choice, index) => (
          <div key={choice.key} role="presentation">
            {choice.group === choices[index - 1]?.group ? null : (
              <div className={classes.group} role="presentation">
                {choice.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds the keys */}
            <div
              role="option"
              tabIndex={-1}
              id={`${id}-${index}`}
              data-at={index}
              aria-selected={index === chosen}
              className={classes.choice}
              onClick={() => open(choice)}
              onMouseMove={() => setAt(index)}
            >
              <span className="truncate">{choice.label}</span>
              {choice.note ? <span className={`meta truncate ${classes.note}`}>{choice.note}</span> : null}
            </div>
          </div>
        ))}
      </div>
      <p className={`meta ${classes.foot}`}>{text("shell.palette.hint")}</p>
    </dialog>
  );
}

/** A screen that two places offer is listed once, by the first name. */
function isFirst(one: { href: string }, index: number, all: { href: string }[]): boolean {
  return all.findIndex((other) => other.href === one.href) === index;
}

function useDelayed(value: string): string {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return delayed;
}

/** Records by what is typed: one query on the server for each kind that the person may read. */
function useFound(session: Session, typed: string): Choice[] {
  const asked = useDelayed(typed);
  const isAsking = asked.length >= 2;
  const works = hasRole(session, "seller", "owner", "stakeholder", "program", "executive");
  const seesAccounts = hasRole(session, "owner", "program", "privacy");
  const advocates = useInfiniteQuery({
    ...advocatesQuery({ q: asked }),
    enabled: isAsking && (works || seesAccounts),
  });
  const deals = useInfiniteQuery({
    ...opportunitiesQuery({ q: asked, scope: "all" }),
    enabled: isAsking && works,
  });
  const accounts = useInfiniteQuery({ ...accountsQuery({ q: asked }), enabled: isAsking && seesAccounts });
  const contacts = useInfiniteQuery({
    ...contactsQuery({ q: asked }),
    enabled: isAsking && canReadContacts(session),
  });
  const people = useInfiniteQuery({
    ...usersQuery({ q: asked }),
    enabled: isAsking && canEditUsers(session),
  });
  const first = <Row,>(query: { data?: { pages: { items: Row[] }[] } }) =>
    isAsking ? (query.data?.pages[0]?.items ?? []).slice(0, PER_GROUP) : [];
  return [
    ...first(advocates).map((one) => ({
      key: one.id,
      group: text("shell.palette.advocates"),
      label: one.display_name,
      note: [one.title, one.account?.name].filter(Boolean).join(" · "),
      target: paths.advocate(one.id),
    })),
    ...first(deals).map((one) => ({
      key: one.id,
      group: text("shell.palette.opportunities"),
      label: one.name,
      note: one.account?.name ?? one.account_raw ?? undefined,
      target: paths.opportunity(one.id),
    })),
    ...first(accounts).map((one) => ({
      key: one.id,
      group: text("shell.palette.accounts"),
      label: one.name,
      note: one.owner?.name,
      target: paths.account(one.id),
    })),
    ...first(contacts).map((one) => ({
      key: one.id,
      group: text("accounts.people"),
      label: one.name,
      note: [one.title, one.account?.name ?? one.account_raw].filter(Boolean).join(" · "),
      target: paths.contact(one.id),
    })),
    ...first(people).map((one) => ({
      key: one.id,
      group: text("users.title"),
      label: one.name,
      note: one.email ?? undefined,
      target: paths.users({ user: one.id }),
    })),
  ];
}

function useChoices(session: Session, typed: string): Choice[] {
  const router = useRouter();
  const found = useFound(session, typed);
  const [selected] = useState(actionsHere);
  const { pathname, searchStr } = router.state.location;
  const here = (sheet: string) => pathname + writeSearch({ ...readSearch(searchStr), new: sheet });
  const fits = (label: string) => label.toLowerCase().includes(typed.toLowerCase());

  const beside = [
    ...(canTag(session)
      ? [
          { href: paths.unmapped(), label: text("shell.unmapped") },
          { href: paths.duplicates(), label: text("shell.duplicates") },
        ]
      : []),
    ...(canReadContacts(session) ? [{ href: paths.contacts(), label: text("accounts.people") }] : []),
    ...(canDelete(session) ? [{ href: paths.trash(), label: text("accounts.trash") }] : []),
  ];
  const offered = [...destinations(session), ...beside, ...settingsScreens(session)];
  const screens: Choice[] = offered.filter(isFirst).map((one) => ({
    key: one.href,
    group: text("shell.palette.screens"),
    label: one.label,
    target: one.href,
  }));
  const sheets = [
    { sheet: "request", label: text("shell.new_request"), may: canRequest },
    { sheet: "use", label: text("shell.new_use"), may: canLogUse },
    { sheet: "nomination", label: text("shell.new_nomination"), may: canNominate },
  ];
  const actions: Choice[] = sheets
    .filter(({ may }) => may(session))
    .map(({ sheet, label }) => ({
      key: sheet,
      group: text("shell.palette.actions"),
      label,
      target: here(sheet),
    }));
  const chosen: Choice[] = selected.map(({ label, run }) => ({
    key: `here-${label}`,
    group: text("shell.palette.here"),
    label,
    target: run,
  }));
  const sentence: Choice[] = typed
    ? [
        {
          key: "sentence",
          group: text("shell.find"),
          label: text("shell.palette.find_text", { text: typed }),
          target: paths.find({ q: typed }),
        },
      ]
    : [];
  const near = [...chosen, ...screens, ...actions].filter((one) => fits(one.label));
  const begins = ({ label }: Choice) => label.toLowerCase().startsWith(typed.toLowerCase());
  const not = (test: (one: Choice) => boolean) => (one: Choice) => !test(one);
  // What is called so comes first: Enter opens it. A sentence for Find names no record.
  return typed
    ? [
        ...near.filter(begins),
        ...found.filter(begins),
        ...sentence,
        ...found.filter(not(begins)),
        ...near.filter(not(begins)),
      ]
    : [...chosen, ...actions, ...screens];
}
