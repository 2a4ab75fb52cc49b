import { Checkbox, MultiSelect, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "../../api/queries";
import { facetsQuery, termsQuery } from "../../api/taxonomy-queries";
import type { BulkField, DealStage, ListKind } from "../../api/types";
import { text } from "../../text/text";
import { SearchSelect } from "../../ui/SearchSelect";
import { ACTIVITIES } from "../ActivitySelect";
import { useSession } from "../session";
import { StatusInput } from "./StatusInput";
import type { FieldName } from "./words";

export interface InputProps {
  onChange: (change: BulkField | null) => void;
}

interface Props extends InputProps {
  list: ListKind;
  field: FieldName;
}

/** What a field of many records shall be; null while that is not said yet. */
export function FieldInput({ list, field, onChange }: Props) {
  switch (field) {
    case "owner":
      return (
        <ColleagueInput
          label={text("bulk.input.owner")}
          nobody={text("bulk.input.nobody")}
          onChange={(id) => onChange(id === undefined ? null : { field, owner_id: id })}
        />
      );
    case "manager":
      return (
        <ColleagueInput
          label={text("bulk.input.manager")}
          nobody={text("bulk.input.no_manager")}
          onChange={(id) => onChange(id === undefined ? null : { field, manager_id: id })}
        />
      );
    case "team":
      return <TeamInput onChange={onChange} />;
    case "add_terms":
    case "remove_terms":
      return <TermsInput list={list} field={field} onChange={onChange} />;
    case "add_activities":
    case "remove_activities":
      return (
        <MultiSelect
          label={text("bulk.input.activities")}
          searchable
          data={ACTIVITIES.map((one) => ({ value: one as string, label: text(`activity.${one}`) }))}
          onChange={(chosen) => {
            const activities = ACTIVITIES.filter((one) => chosen.includes(one));
            onChange(activities.length > 0 ? { field, activities } : null);
          }}
        />
      );
    case "deal_stage":
      return <StageInput list={list} onChange={onChange} />;
    case "deal_status":
    case "content_status":
    case "advocate_status":
      return <StatusInput field={field} onChange={onChange} />;
    case "last_day":
      return <DayInput onChange={onChange} />;
  }
}

interface ColleagueProps {
  label: string;
  /** What is said of nobody. */
  nobody: string;
  /** Null for nobody; undefined while nothing is said. */
  onChange: (id: string | null | undefined) => void;
}

function ColleagueInput({ label, nobody, onChange }: ColleagueProps) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [isNobody, setNobody] = useState(false);
  const people = useInfiniteQuery(usersQuery({ q: words || undefined }));
  const found = people.data?.pages[0]?.items ?? [];
  return (
    <>
      {isNobody ? null : (
        <SearchSelect
          label={label}
          onAsk={setWords}
          found={found.map((one) => ({ value: one.id, label: one.name }))}
          value={chosen}
          onChange={(next) => {
            setChosen(next);
            onChange(next ?? undefined);
          }}
          nothing={text("bulk.input.no_colleague")}
          clear={text("action.clear")}
        />
      )}
      <Checkbox
        label={nobody}
        checked={isNobody}
        onChange={(event) => {
          const isOn = event.currentTarget.checked;
          setNobody(isOn);
          setChosen(null);
          onChange(isOn ? null : undefined);
        }}
      />
    </>
  );
}

function TeamInput({ onChange }: InputProps) {
  const [isNone, setNone] = useState(false);
  return (
    <>
      {isNone ? null : (
        <TextInput
          label={text("bulk.input.team")}
          maxLength={100}
          onChange={({ currentTarget }) => {
            const team = currentTarget.value.trim();
            onChange(team ? { field: "team", team } : null);
          }}
        />
      )}
      <Checkbox
        label={text("bulk.input.no_team")}
        checked={isNone}
        onChange={(event) => {
          const isOn = event.currentTarget.checked;
          setNone(isOn);
          onChange(isOn ? { field: "team", team: null } : null);
        }}
      />
    </>
  );
}

/** Facets that describe companies, and those that describe people; deals and content carry both. */
const OF_COMPANIES = ["industry", "region", "company_size", "relationship", "tenure"];
const OF_PEOPLE = ["persona", "seniority", "language"];

function carries(list: ListKind, facet: string): boolean {
  if (list === "accounts") return !OF_PEOPLE.includes(facet);
  if (list === "contacts") return OF_PEOPLE.includes(facet);
  return list !== "advocates" || !(OF_COMPANIES.includes(facet) || OF_PEOPLE.includes(facet));
}

interface TermsProps extends InputProps {
  list: ListKind;
  field: "add_terms" | "remove_terms";
}

function TermsInput({ list, field, onChange }: TermsProps) {
  const [facet, setFacet] = useState<string | null>(null);
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  const offered = (terms.data ?? []).filter((term) => term.facet === facet && !term.retired);
  return (
    <>
      <Select
        label={text("bulk.input.facet")}
        value={facet}
        data={(facets.data ?? [])
          .filter((one) => carries(list, one.key))
          .map((one) => ({ value: one.key, label: one.name }))}
        onChange={(next) => {
          setFacet(next);
          onChange(null);
        }}
      />
      {facet ? (
        <MultiSelect
          key={facet}
          label={text("bulk.input.terms")}
          searchable
          limit={100}
          data={offered.map((term) => ({ value: term.id, label: term.name }))}
          onChange={(chosen) => onChange(chosen.length > 0 ? { field, terms: chosen } : null)}
        />
      ) : null}
    </>
  );
}

const STAGES: readonly DealStage[] = ["early", "middle", "late"];

function StageInput({ list, onChange }: InputProps & Pick<Props, "list">) {
  return (
    <Select
      label={text("bulk.input.stage")}
      data={[
        ...STAGES.map((one) => ({ value: one as string, label: text(`deal_stage.${one}`) })),
        {
          value: "every",
          label: text(list === "content" ? "bulk.input.every_stage" : "bulk.input.no_stage"),
        },
      ]}
      onChange={(next) =>
        onChange(next ? { field: "deal_stage", stage: STAGES.find((one) => one === next) ?? null } : null)
      }
    />
  );
}

function DayInput({ onChange }: InputProps) {
  const { today } = useSession();
  const [isOpenEnd, setOpenEnd] = useState(false);
  return (
    <>
      {isOpenEnd ? null : (
        <TextInput
          type="date"
          min={today}
          label={text("bulk.input.day")}
          onChange={(event) => {
            const expires_on = event.currentTarget.value;
            onChange(expires_on ? { field: "last_day", expires_on } : null);
          }}
        />
      )}
      <Checkbox
        label={text("bulk.input.no_end")}
        checked={isOpenEnd}
        onChange={(event) => {
          const isOn = event.currentTarget.checked;
          setOpenEnd(isOn);
          onChange(isOn ? { field: "last_day", expires_on: null } : null);
        }}
      />
    </>
  );
}
