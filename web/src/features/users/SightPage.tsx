import "../../text/administration";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { sightQuery } from "../../api/sight-queries";
import type { RecordRule, Session, SightCondition, SightRules } from "../../api/types";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canViewAs, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Failed, Loading, Notice } from "../../ui/states";
import { ColleagueSight } from "./ColleagueSight";

const rolesOf = (session: Session) =>
  session.user.roles.map((role) => text(`role.${role}`)).join(", ") || text("sight.no_role");

/** What one's own roles show, in words, and whom to ask for more. */
export function SightPage() {
  const session = useSession();
  const { about } = useSearch({ from: "/signed-in/settings/sight" });
  const query = useQuery(sightQuery());
  return (
    <Page title={text("sight.title")} lead={text("sight.lead")}>
      <SettingsTabs />
      {query.isPending ? <Loading rows={10} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data ? (
        <>
          {about === "field" ? <Fields rules={query.data} /> : null}
          {about && about !== "field" ? <Here about={about} rules={query.data} session={session} /> : null}
          <Asked rules={query.data} />
          <Records rules={query.data} />
          {about === "field" ? null : <Fields rules={query.data} />}
        </>
      ) : null}
      {canViewAs(session) ? <ColleagueSight /> : null}
    </Page>
  );
}

/** What hides the page that somebody came from; the same whether or not its record exists. */
function Here({ about, rules, session }: { about: string; rules: SightRules; session: Session }) {
  const rule = rules.records.find((one) => one.kind === about);
  const roles = rolesOf(session);
  return (
    <Notice tone="resting" title={text("sight.here")}>
      {rule ? whyHidden(rule, roles) : text("sight.here_screen", { roles })}{" "}
      {rule?.kind === "advocate" && rule.reach === "everything" && !rules.sees_private
        ? text("sight.here_private")
        : null}
    </Notice>
  );
}

function whyHidden(rule: RecordRule, roles: string): string {
  switch (rule.reach) {
    case "nothing":
      return text("sight.here_none", { roles });
    case "own":
      return text("sight.here_own");
    case "team":
      return text("sight.here_team");
    case "everything":
      return text("sight.here_everything");
  }
}

function Asked({ rules }: { rules: SightRules }) {
  const named = (people: SightRules["admins"]) =>
    people.map((one) => one.name).join(", ") || text("sight.ask_nobody");
  return (
    <Section title={text("sight.ask")}>
      <Facts
        plain
        facts={[
          { label: text("sight.ask_admins"), value: <bdi>{named(rules.admins)}</bdi> },
          { label: text("sight.ask_program"), value: <bdi>{named(rules.program)}</bdi> },
        ]}
      />
    </Section>
  );
}

function Records({ rules }: { rules: SightRules }) {
  return (
    <Section title={text("sight.records")} plain>
      <DataTable
        caption={text("sight.records")}
        rows={rules.records}
        rowKey={(row) => row.kind}
        columns={[
          { key: "kind", label: text("sight.column.kind"), cell: (row) => text(`record_kind.${row.kind}`) },
          { key: "you", label: text("sight.column.you"), cell: (row) => text(`sight.reach.${row.reach}`) },
          {
            key: "roles",
            label: text("sight.column.roles"),
            cell: (row) => row.roles.map((role) => text(`role.${role}`)).join(", "),
          },
        ]}
      />
    </Section>
  );
}

function Fields({ rules }: { rules: SightRules }) {
  const words = (condition: SightCondition) => text(`sight.condition.${condition}`);
  const when = (row: SightRules["fields"][number]) => {
    if (row.shown !== "sometimes") return text(`sight.shown.${row.shown}`);
    if (rules.names_shown && row.conditions.includes("names_shown")) return text("sight.shown.always");
    const open = row.conditions.filter((one) => one !== "names_shown");
    return text("sight.when", { conditions: open.map(words).join(text("sight.or")) });
  };
  return (
    <Section title={text("sight.fields")} plain>
      <p className="soft">{text("sight.fields_why")}</p>
      <DataTable
        caption={text("sight.fields")}
        rows={rules.fields}
        rowKey={(row) => row.class}
        columns={[
          {
            key: "field",
            label: text("sight.column.field"),
            cell: (row) => text(`sight.field.${row.class}`),
          },
          { key: "when", label: text("sight.column.when"), cell: when },
        ]}
      />
    </Section>
  );
}
