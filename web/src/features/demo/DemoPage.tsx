import "../../text/administration";
import { Button, Loader } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { demoCompanyQuery, makeDemoCompany, removeDemoCompany } from "../../api/demo-company";
import type { DemoCompany } from "../../api/types";
import { formatInstant, formatNumber } from "../../format/format";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditSettings, useSession } from "../../parts/session";
import { useVisit } from "../../parts/use-visit";
import { text } from "../../text/text";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Facts } from "../../ui/Facts";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Empty, Failed, FormProblem, Loading, Notice } from "../../ui/states";
import classes from "./DemoPage.module.css";

/** The demo company beside the program: made, visited as each role, and removed. */
export function DemoPage() {
  const query = useQuery(demoCompanyQuery());
  return (
    <Page title={text("demo.title")} lead={text("demo.lead")}>
      <SettingsTabs />
      {query.isPending ? (
        <Loading rows={4} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.state === "there" ? (
        <There company={query.data} />
      ) : (
        <Wanted company={query.data} />
      )}
    </Page>
  );
}

function useDemoChange(change: () => Promise<unknown>, said?: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      if (said) notifyDone(said);
      return cache.invalidateQueries({ queryKey: demoCompanyQuery().queryKey });
    },
  });
}

/** None yet: how to get one, how far it is, or that it failed. */
function Wanted({ company }: { company: DemoCompany }) {
  const session = useSession();
  const making = useDemoChange(makeDemoCompany);
  if (company.state === "making")
    return (
      <Section title={text("demo.making")}>
        <p role="status" className={classes.progress}>
          <Loader size="sm" aria-hidden="true" />
          {company.writing
            ? text("demo.writing", { what: text(`demo.what.${what(company.writing)}`) })
            : text("demo.beginning")}
        </p>
      </Section>
    );
  const make = canEditSettings(session) ? (
    <Button loading={making.isPending} onClick={() => making.mutate()}>
      {text("demo.make")}
    </Button>
  ) : undefined;
  return (
    <>
      {company.state === "failed" ? <Notice tone="overdue" title={text("demo.failed")} /> : null}
      <FormProblem error={making.error} />
      <Empty
        title={text("demo.none")}
        why={make ? text("demo.why") : `${text("demo.why")} ${text("demo.ask_admin")}`}
        next={make}
      />
    </>
  );
}

const WRITTEN = ["people", "accounts", "advocates", "content", "opportunities", "requests"] as const;
const what = (writing: string) => WRITTEN.find((one) => one === writing) ?? "records";

function There({ company }: { company: DemoCompany }) {
  const session = useSession();
  const visiting = useVisit();
  const removing = useDemoChange(removeDemoCompany, text("demo.removed"));
  const { made, since } = company;
  return (
    <>
      {made ? (
        <Facts
          facts={[
            { label: text("demo.what.accounts"), value: formatNumber(made.accounts) },
            { label: text("demo.what.advocates"), value: formatNumber(made.advocates) },
            { label: text("demo.what.opportunities"), value: formatNumber(made.opportunities) },
            { label: text("demo.what.requests"), value: formatNumber(made.requests) },
            { label: text("demo.since"), value: since ? formatInstant(since) : "" },
          ]}
        />
      ) : null}
      <Section title={text("demo.visit")}>
        <p className="soft">{text("demo.visit_why")}</p>
        <ul className={classes.roles}>
          {company.roles.map((role) => (
            <li key={role} className={classes.role}>
              <div>
                <p>
                  <strong>{text(`role.${role}`)}</strong>
                </p>
                <p className="soft">{text(`demo.look.${role}`)}</p>
              </div>
              <Button
                variant={role === "seller" ? "filled" : "default"}
                loading={visiting.isPending && visiting.variables === role}
                onClick={() => visiting.mutate(role)}
                aria-label={text("demo.visit_as", { role: text(`role.${role}`) })}
              >
                {text("demo.go")}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      {canEditSettings(session) ? (
        <Section title={text("demo.remove")}>
          <p className="soft">{text("demo.remove_why")}</p>
          <div>
            <ConfirmButton
              label={text("demo.remove")}
              title={text("demo.remove_ask")}
              confirm={text("demo.remove")}
              onConfirm={() => removing.mutateAsync()}
            >
              <p>{text("demo.remove_follows")}</p>
            </ConfirmButton>
          </div>
        </Section>
      ) : null}
    </>
  );
}
