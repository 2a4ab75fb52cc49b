import { ActionIcon, Button, Checkbox, Popover, TextInput } from "@mantine/core";
import {
  IconBookmarks,
  IconPin,
  IconPinFilled,
  IconRefresh,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newKey, useAttemptKey } from "../../api/attempt-key";
import { changeView, pinView, removeView, saveView, viewsQuery } from "../../api/list-queries";
import type { ListKind, ListView } from "../../api/types";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./ViewMenu.module.css";

interface Props {
  list: ListKind;
  /** The parameters of the list's address, without what is open beside it. */
  state: ListView["state"];
}

/** Keeps what is shown under a name, and leads to what was kept. */
export function ViewMenu({ list, state }: Props) {
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconBookmarks size={16} aria-hidden="true" />}>
          {text("views.open")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text("views.title")}>
        <div className={classes.body}>
          <SaveForm list={list} state={state} />
          <Views list={list} state={state} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveForm({ list, state }: Props) {
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const [isPinned, setPinned] = useState(true);
  const saving = useMutation({
    mutationFn: () => {
      const input = { list, name: name.trim(), state, is_shared: isShared, is_pinned: isPinned };
      return saveView(input, keyFor(input));
    },
    onSuccess: (view) => {
      notifyDone(text("views.saved", { name: view.name }));
      setName("");
      void cache.invalidateQueries({ queryKey: viewsQuery().queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) saving.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={text("views.name")}
        value={name}
        maxLength={100}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={text("views.pin")}
        checked={isPinned}
        onChange={(event) => setPinned(event.currentTarget.checked)}
      />
      <Checkbox
        size="xs"
        label={text("views.share")}
        checked={isShared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      {saving.isError ? <FormProblem error={saving.error} /> : null}
      <Button type="submit" size="xs" loading={saving.isPending}>
        {text("views.save")}
      </Button>
    </form>
  );
}

function Views({ list, state }: Props) {
  const query = useQuery(viewsQuery());
  if (query.isPending) return <Loading rows={2} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const views = query.data.filter((view) => view.list === list);
  if (views.length === 0) return <p className="soft">{text("views.none")}</p>;
  const groups = [
    { label: text("views.own"), rows: views.filter((view) => view.is_own) },
    { label: text("views.of_others"), rows: views.filter((view) => !view.is_own) },
  ];
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ label, rows }) => (
      <section key={label} aria-label={label}>
        <h2 className={classes.heading}>{label}</h2>
        <ul className={classes.list}>
          {rows.map((view) => (
            <ViewRow key={view.id} view={view} state={state} />
          ))}
        </ul>
      </section>
    ));
}

function ViewRow({ view, state }: { view: ListView; state: ListView["state"] }) {
  const cache = useQueryClient();
  const { name } = view;
  const refresh = () => void cache.invalidateQueries({ queryKey: viewsQuery().queryKey });
  const pinning = useMutation({ mutationFn: () => pinView(view.id, !view.is_pinned), onSettled: refresh });
  const changing = useMutation({
    mutationFn: (change: { is_shared?: boolean; state?: ListView["state"] }) => changeView(view, change),
    onSuccess: ({ id, version }) =>
      notifyUndo(text("views.updated", { name }), "", async () => {
        await changeView({ id, version }, { is_shared: view.is_shared, state: view.state });
        refresh();
      }),
    onSettled: refresh,
  });
  const removing = useMutation({
    mutationFn: () => removeView(view.id),
    onSuccess: () => {
      const { list, state, is_shared, is_pinned } = view;
      const key = newKey();
      notifyUndo(text("views.removed", { name }), "", async () => {
        await saveView({ list, name, state, is_shared, is_pinned }, key);
        refresh();
      });
    },
    onSettled: refresh,
  });
  const isBusy = pinning.isPending || changing.isPending || removing.isPending;
  const error = pinning.error ?? changing.error ?? removing.error;
  const Pin = view.is_pinned ? IconPinFilled : IconPin;
  return (
    <li className={classes.row}>
      <AppLink href={paths.list(view.list, view.state)} className={classes.name}>
        <bdi>{name}</bdi>
      </AppLink>
      <Act
        label={text(view.is_pinned ? "views.unpin_one" : "views.pin_one", { name })}
        isBusy={isBusy}
        onAct={() => pinning.mutate()}
      >
        <Pin size={15} aria-hidden="true" />
      </Act>
      {view.is_own ? (
        <>
          <Act
            label={text(view.is_shared ? "views.unshare_one" : "views.share_one", { name })}
            isBusy={isBusy}
            isOn={view.is_shared}
            onAct={() => changing.mutate({ is_shared: !view.is_shared })}
          >
            <IconUsers size={15} aria-hidden="true" />
          </Act>
          <Act
            label={text("views.update_one", { name })}
            isBusy={isBusy}
            onAct={() => changing.mutate({ state })}
          >
            <IconRefresh size={15} aria-hidden="true" />
          </Act>
          <Act label={text("views.remove_one", { name })} isBusy={isBusy} onAct={() => removing.mutate()}>
            <IconTrash size={15} aria-hidden="true" />
          </Act>
        </>
      ) : null}
      {error ? <FormProblem error={error} /> : null}
    </li>
  );
}

interface ActProps {
  label: string;
  isBusy: boolean;
  isOn?: boolean;
  onAct: () => void;
  children: React.ReactNode;
}

function Act({ label, isBusy, isOn, onAct, children }: ActProps) {
  return (
    <ActionIcon
      variant={isOn ? "light" : "subtle"}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      disabled={isBusy}
      onClick={onAct}
    >
      {children}
    </ActionIcon>
  );
}
