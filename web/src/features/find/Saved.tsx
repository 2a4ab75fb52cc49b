import { Button, Checkbox, CloseButton, Popover, Switch, TextInput } from "@mantine/core";
import { IconBell, IconBookmark } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { newKey, useAttemptKey } from "../../api/attempt-key";
import { savedSearchesQuery } from "../../api/queries";
import type { FindReferences, SavedSearch } from "../../api/types";
import { removeSavedSearch, saveSearch, switchAlert } from "../../api/writes";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { toSearch } from "./question";
import classes from "./Saved.module.css";

interface Props {
  /** What is asked now. */
  ask: FindReferences;
  /** A saved search that the address names; it turns into its parts. */
  opened: string | undefined;
}

/** Keeps the search, with a word in the inbox when somebody new can be asked, and lists what is kept. */
export function Saved({ ask, opened }: Props) {
  const { today } = useSession();
  const change = useSearchChange();
  const query = useQuery({ ...savedSearchesQuery(), enabled: opened !== undefined });
  const found = query.data?.find((one) => one.id === opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs once, when the saved search is there
  useEffect(() => {
    if (found) void change({ ...toSearch(found.ask, today), saved: undefined }, { replace: true });
  }, [found?.id]);
  return (
    <Popover width={320} position="bottom-end" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBookmark size={14} aria-hidden="true" />}
          className={classes.open}
        >
          {text("find.saved")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.body}>
          <SaveForm ask={ask} />
          <SavedList today={today} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveForm({ ask }: { ask: FindReferences }) {
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const [name, setName] = useState("");
  const [alerts, setAlerts] = useState(true);
  const saving = useMutation({
    mutationFn: () => {
      const input = { name: name.trim(), ask, alerts };
      return saveSearch(input, keyFor(input));
    },
    onSuccess: (saved) => {
      notifyDone(text("find.saved_done", { name: saved.name }));
      setName("");
      void cache.invalidateQueries({ queryKey: savedSearchesQuery().queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) saving.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={text("find.save_name")}
        value={name}
        maxLength={100}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={text("find.save_alert")}
        checked={alerts}
        onChange={(event) => setAlerts(event.currentTarget.checked)}
      />
      {saving.isError ? <FormProblem error={saving.error} /> : null}
      <Button type="submit" size="xs" loading={saving.isPending}>
        {text("find.save")}
      </Button>
    </form>
  );
}

function SavedList({ today }: { today: string }) {
  const query = useQuery(savedSearchesQuery());
  if (query.isPending) return <Loading rows={2} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <p className="soft">{text("find.saved_none")}</p>;
  return (
    <ul className={classes.list} aria-label={text("find.saved")}>
      {query.data.map((saved) => (
        <SavedRow key={saved.id} saved={saved} today={today} />
      ))}
    </ul>
  );
}

function SavedRow({ saved, today }: { saved: SavedSearch; today: string }) {
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: savedSearchesQuery().queryKey });
  const switching = useMutation({
    mutationFn: (alerts: boolean) => switchAlert(saved, alerts),
    onSettled: refresh,
  });
  const removing = useMutation({
    mutationFn: () => removeSavedSearch(saved.id),
    onSuccess: () => {
      const { name, ask, alerts } = saved;
      const key = newKey();
      notifyUndo(text("find.saved_removed", { name }), "", async () => {
        await saveSearch({ name, ask, alerts }, key);
        refresh();
      });
    },
    onSettled: refresh,
  });
  return (
    <li className={classes.row}>
      <AppLink href={paths.find(toSearch(saved.ask, today))} className={classes.name}>
        {saved.name}
      </AppLink>
      <Switch
        size="xs"
        aria-label={text("find.alert_for", { name: saved.name })}
        thumbIcon={<IconBell size={10} aria-hidden="true" />}
        checked={saved.alerts}
        disabled={switching.isPending}
        onChange={(event) => switching.mutate(event.currentTarget.checked)}
      />
      <CloseButton
        size="sm"
        aria-label={text("find.saved_remove", { name: saved.name })}
        disabled={removing.isPending}
        onClick={() => removing.mutate()}
      />
      <FormProblem error={switching.error ?? removing.error} />
    </li>
  );
}
