import "../../text/administration";
import { useQuery } from "@tanstack/react-query";
import { systemQuery } from "../../api/queries";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Facts } from "../../ui/Facts";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";

/** What an admin looks at first: mail, jobs, schema. */
export function SystemHealth() {
  const query = useQuery(systemQuery());
  return (
    <Section
      title={text("home.system")}
      aside={<AppLink href={paths.health()}>{text("home.system_open")}</AppLink>}
    >
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Facts
          plain
          facts={[
            {
              label: text("health.mail"),
              value: text(query.data.mail_configured ? "health.mail_on" : "health.mail_off"),
            },
            { label: text("health.dead"), value: formatNumber(query.data.jobs_dead) },
            { label: text("health.waiting"), value: formatNumber(query.data.jobs_waiting) },
            {
              label: text("health.schema"),
              value: text(`health.schema_state.${query.data.schema}`, {
                version: query.data.schema_version,
              }),
            },
          ]}
        />
      )}
    </Section>
  );
}
