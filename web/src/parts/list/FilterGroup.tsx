import { ActionIcon, Button, SegmentedControl, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ListField, ListKind } from "../../api/types";
import { text } from "../../text/text";
import { ConditionValue } from "./ConditionValue";
import classes from "./FilterSheet.module.css";
import { fieldLabel, questionLabel } from "./field-words";
import {
  type Condition,
  DEPTH_MAX,
  emptyGroup,
  type Group,
  isGroup,
  isIncomplete,
  type Part,
} from "./filter";

interface Props {
  list: ListKind;
  fields: ListField[];
  group: Group;
  depth: number;
  /** Says which conditions lack something, once the reader tried to use the filter. */
  marksMissing: boolean;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

export function FilterGroup({ list, fields, group, depth, marksMissing, onChange, onRemove }: Props) {
  const withParts = (parts: Part[]) => onChange({ ...group, parts });
  const replace = (at: number, part: Part) =>
    withParts(group.parts.map((old, index) => (index === at ? part : old)));
  const remove = (at: number) => withParts(group.parts.filter((_, index) => index !== at));
  const first = fields[0];
  return (
    <fieldset className={classes.group} data-inner={depth > 1 || undefined}>
      <legend className="visually-hidden">{text("filter.group", { depth })}</legend>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label={text("filter.mode")}
          value={group.mode}
          onChange={(mode) => onChange({ ...group, mode: mode === "any" ? "any" : "all" })}
          data={[
            { value: "all", label: text("filter.all") },
            { value: "any", label: text("filter.any") },
          ]}
        />
        {onRemove ? (
          <ActionIcon variant="subtle" aria-label={text("filter.remove_group")} onClick={onRemove}>
            <IconTrash size={16} aria-hidden="true" />
          </ActionIcon>
        ) : null}
      </div>
      {group.parts.length === 0 ? <p className="soft">{text("filter.nothing")}</p> : null}
      {group.parts.map((part, index) =>
        isGroup(part) ? (
          <FilterGroup
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            key={index}
            list={list}
            fields={fields}
            group={part}
            depth={depth + 1}
            marksMissing={marksMissing}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        ) : (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
            key={index}
            list={list}
            fields={fields}
            condition={part}
            isMarked={marksMissing && isIncomplete(part)}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      <div className={classes.add}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={!first}
          onClick={() => first && withParts([...group.parts, startOf(first)])}
        >
          {text("filter.add")}
        </Button>
        {depth < DEPTH_MAX ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() =>
              withParts([...group.parts, { ...emptyGroup(), mode: group.mode === "all" ? "any" : "all" }])
            }
          >
            {text("filter.add_group")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** The first question of a field, still without a value. */
function startOf(field: ListField): Condition {
  return { field: field.key, is: field.questions[0] ?? "filled" };
}

interface RowProps {
  list: ListKind;
  fields: ListField[];
  condition: Condition;
  isMarked: boolean;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

function ConditionRow({ list, fields, condition, isMarked, onChange, onRemove }: RowProps) {
  const field = fields.find((one) => one.key === condition.field);
  const label = (one: ListField) => fieldLabel(list, one);
  const options = (isFacet: boolean) =>
    fields
      .filter((one) => (one.kind === "facet") === isFacet)
      .map((one) => ({ value: one.key, label: label(one) }));
  const name = field ? label(field) : condition.field;
  return (
    <div className={classes.row}>
      <div>
        <Select
          aria-label={text("filter.field")}
          searchable
          allowDeselect={false}
          value={condition.field}
          error={field ? undefined : text("filter.unknown_field")}
          data={[
            { group: text("filter.fields"), items: options(false) },
            { group: text("filter.facets"), items: options(true) },
          ]}
          onChange={(key) => {
            const next = fields.find((one) => one.key === key);
            if (next && next !== field) onChange(startOf(next));
          }}
        />
      </div>
      <div>
        <Select
          aria-label={text("filter.question", { name })}
          allowDeselect={false}
          value={condition.is}
          data={(field?.questions ?? [condition.is]).map((is) => ({
            value: is,
            label: questionLabel(is, field),
          }))}
          onChange={(is) => is && onChange(asked(condition, is))}
        />
      </div>
      <div>
        <ConditionValue
          list={list}
          field={field}
          name={name}
          condition={condition}
          error={isMarked ? text("filter.missing") : undefined}
          onChange={(value) => onChange({ ...condition, value })}
        />
      </div>
      <ActionIcon variant="subtle" aria-label={text("filter.remove", { name })} onClick={onRemove}>
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

const DAYS = ["in_last", "in_next", "before"];
const LISTED = ["any_of", "none_of"];

/** What a question takes, for keeping a value when only the question changes. */
function shape(is: string): string {
  return DAYS.includes(is)
    ? "days"
    : LISTED.includes(is)
      ? "listed"
      : ["from", "until"].includes(is)
        ? "day"
        : "plain";
}

function asked(condition: Condition, is: string): Condition {
  const keeps = shape(is) === shape(condition.is) && condition.value !== undefined;
  const { value, ...rest } = condition;
  return { ...rest, is, ...(keeps ? { value } : {}) };
}
