import "../../text/administration";
import { ActionIcon, Button, NativeSelect, NumberInput, Select } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { changeFulfilment } from "../../api/fulfilment";
import { facetsQuery, termsQuery } from "../../api/taxonomy-queries";
import type { FulfilmentPolicy, FulfilmentRow, Settings } from "../../api/types";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { FulfilmentPreview } from "./FulfilmentPreview";
import { Save } from "./ProgramForm";
import { LastChange } from "./Rule";
import classes from "./Rules.module.css";
import { useSettingForm } from "./use-setting-form";

const MODES: readonly FulfilmentRow["mode"][] = ["managed", "self_service", "instant"];
const NEW: FulfilmentRow = {
  activity: null,
  tier: null,
  amount_from: null,
  amount_to: null,
  mode: "self_service",
};
const fieldsOf = ({ rows }: FulfilmentPolicy): FulfilmentPolicy => ({ rows });

interface Props {
  setting: Settings["fulfilment"];
  isShown: boolean;
  isReadOnly: boolean;
}

/** Whose yes an ask needs, by activity, tier and size of the deal; the first row that fits decides. */
export function FulfilmentForm({ setting, isShown, isReadOnly }: Props) {
  const edit = useSettingForm<"fulfilment", FulfilmentPolicy>({
    name: "fulfilment",
    setting,
    fieldsOf,
    labelOf: () => text("settings.group.fulfilment"),
    change: changeFulfilment,
  });
  if (!isShown) return null;
  const { rows } = edit.form.values;
  const set = (next: FulfilmentRow[]) => edit.form.setFieldValue("rows", next);
  return (
    <Section
      title={text("settings.group.fulfilment")}
      aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
    >
      <form noValidate onSubmit={edit.submit}>
        <p className={`soft ${classes.hint}`}>{text("settings.hint.rows")}</p>
        {rows.length > 0 ? (
          <Rows rows={rows} set={set} errors={edit.form.errors} isReadOnly={isReadOnly} />
        ) : (
          <p className={classes.hint}>{text("settings.fulfilment.none")}</p>
        )}
        {isReadOnly ? null : (
          <Button
            variant="default"
            className={classes.add}
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => set([...rows, NEW])}
          >
            {text("settings.fulfilment.add")}
          </Button>
        )}
        {edit.problem}
        <Save edit={edit} isReadOnly={isReadOnly} />
      </form>
      {isReadOnly ? null : <FulfilmentPreview held={fieldsOf(setting.value)} tried={{ rows }} />}
    </Section>
  );
}

interface RowsProps {
  rows: FulfilmentRow[];
  set: (rows: FulfilmentRow[]) => void;
  errors: Record<string, unknown>;
  isReadOnly: boolean;
}

interface Placed {
  row: FulfilmentRow;
  place: number;
}

function Rows({ rows, set, errors, isReadOnly }: RowsProps) {
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  const change = (place: number, part: Partial<FulfilmentRow>) =>
    set(rows.map((row, at) => (at === place ? { ...row, ...part } : row)));
  const up = (place: number) => {
    const [moved, ...rest] = [rows[place], rows[place - 1]].filter((row) => row !== undefined);
    if (moved) set([...rows.slice(0, place - 1), moved, ...rest, ...rows.slice(place + 1)]);
  };
  const of = (field: string, place: number) => text("settings.fulfilment.of", { field, number: place + 1 });
  const tiers = (facets.data ?? []).map((facet) => ({
    group: facet.name,
    items: (terms.data ?? [])
      .filter((term) => term.facet === facet.key && !term.retired)
      .map((term) => ({ value: term.id, label: term.name })),
  }));
  const amount = ({ row, place }: Placed, field: "amount_from" | "amount_to") => (
    <NumberInput
      size="xs"
      className={classes.number}
      aria-label={of(text(`settings.fulfilment.${field}`), place)}
      min={0}
      allowDecimal={false}
      hideControls
      disabled={isReadOnly}
      error={errors[`rows.${place}.${field}`] as string | undefined}
      placeholder={text("settings.fulfilment.any")}
      value={row[field] ?? ""}
      onChange={(value) => change(place, { [field]: value === "" ? null : Number(value) })}
    />
  );
  const columns: Column<Placed>[] = [
    {
      key: "activity",
      label: text("settings.fulfilment.activity"),
      cell: ({ row, place }) => (
        <NativeSelect
          size="xs"
          aria-label={of(text("settings.fulfilment.activity"), place)}
          disabled={isReadOnly}
          value={row.activity ?? ""}
          onChange={(event) =>
            change(place, { activity: ACTIVITIES.find((one) => one === event.currentTarget.value) ?? null })
          }
          data={[
            { value: "", label: text("settings.fulfilment.any") },
            ...ACTIVITIES.map((one) => ({ value: one, label: text(`activity.${one}`) })),
          ]}
        />
      ),
    },
    {
      key: "tier",
      label: text("settings.fulfilment.tier"),
      cell: ({ row, place }) => (
        <Select
          size="xs"
          aria-label={of(text("settings.fulfilment.tier"), place)}
          disabled={isReadOnly}
          placeholder={text("settings.fulfilment.any")}
          searchable
          clearable
          limit={100}
          data={tiers}
          value={row.tier ?? null}
          onChange={(tier) => change(place, { tier })}
        />
      ),
    },
    {
      key: "amount_from",
      label: text("settings.fulfilment.amount_from"),
      align: "right",
      cell: (placed) => amount(placed, "amount_from"),
    },
    {
      key: "amount_to",
      label: text("settings.fulfilment.amount_to"),
      align: "right",
      cell: (placed) => amount(placed, "amount_to"),
    },
    {
      key: "mode",
      label: text("settings.fulfilment.mode"),
      cell: ({ row, place }) => (
        <NativeSelect
          size="xs"
          aria-label={of(text("settings.fulfilment.mode"), place)}
          disabled={isReadOnly}
          value={row.mode}
          onChange={(event) =>
            change(place, { mode: MODES.find((one) => one === event.currentTarget.value) ?? "managed" })
          }
          data={MODES.map((one) => ({ value: one, label: text(`settings.fulfilment.modes.${one}`) }))}
        />
      ),
    },
    {
      key: "acts",
      label: text("settings.fulfilment.acts"),
      cell: ({ place }) =>
        isReadOnly ? null : (
          <div className={classes.row_acts}>
            <ActionIcon
              variant="subtle"
              disabled={place === 0}
              aria-label={of(text("settings.fulfilment.up"), place)}
              onClick={() => up(place)}
            >
              <IconArrowUp size={16} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={of(text("settings.fulfilment.remove"), place)}
              onClick={() => set(rows.filter((_, at) => at !== place))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </div>
        ),
    },
  ];
  return (
    <DataTable
      isCards
      caption={text("settings.group.fulfilment")}
      rows={rows.map((row, place) => ({ row, place }))}
      rowKey={({ place }) => String(place)}
      columns={columns}
    />
  );
}
