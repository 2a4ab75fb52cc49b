import "../../text/administration";
//! One group of rules as a form with a version: conflicts are chosen about, a save can be taken back.

import { useQueryClient } from "@tanstack/react-query";
import { settingsQuery } from "../../api/queries";
import type { Settings } from "../../api/types";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";

type Group = "program" | "protection" | "lock_rules" | "fulfilment" | "match_weights";
type Setting<Name extends Group> = Settings[Name];

interface Options<Name extends Group, Fields extends object> {
  name: Name;
  setting: Setting<Name>;
  fieldsOf: (value: Setting<Name>["value"]) => Fields;
  labelOf: (field: keyof Fields & string) => string;
  change: (version: number, changed: Partial<Fields>) => Promise<Setting<Name>>;
}

export function useSettingForm<Name extends Group, Fields extends object>(options: Options<Name, Fields>) {
  const { name, setting, change } = options;
  const cache = useQueryClient();
  const fieldsOf = (kept: Setting<Name>) => options.fieldsOf(kept.value);
  const keep = (saved: Setting<Name>) => {
    cache.setQueryData(settingsQuery().queryKey, (all) => (all ? { ...all, [name]: saved } : all));
    void cache.invalidateQueries({ queryKey: ["session"] });
    void cache.invalidateQueries({ queryKey: ["matches"] });
  };
  return useVersionedForm<Setting<Name>, Fields>({
    record: setting,
    fieldsOf,
    labelOf: options.labelOf,
    show: (_, value) => (typeof value === "object" ? text("settings.list") : String(value ?? "")),
    read: async () => (await cache.fetchQuery({ ...settingsQuery(), staleTime: 0 }))[name],
    save: change,
    onSaved: (saved, before) => {
      keep(saved);
      notifyUndo(text("settings.saved"), text(`settings.group.${name}`), async () =>
        keep(await change(saved.version, before)),
      );
    },
  });
}
