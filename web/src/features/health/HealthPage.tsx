import "../../text/administration";
import { Button, SegmentedControl } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClock, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { jobsQuery, systemQuery } from "../../api/queries";
import type { Job, System } from "../../api/types";
import { replayJob } from "../../api/writes";
import { formatAgo, formatBytes, formatInstant, formatNumber } from "../../format/format";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canReplayJobs, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Facts } from "../../ui/Facts";
import { Mark } from "../../ui/Mark";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

/** Whether the program does its work: mail, jobs, schema. */
export function HealthPage() {
  const query = useQuery(systemQuery());
  return (
    <Page title={text("health.title")} lead={text("health.lead")}>
      <SettingsTabs />
      {query.isPending ? (
        <Loading rows={4} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Standing system={query.data} />
      )}
      <Jobs />
    </Page>
  );
}

function Good({ isGood, children }: { isGood: boolean; children: string }) {
  return (
    <Mark tone={isGood ? "free" : "ask"} icon={isGood ? <IconCircleCheck /> : <IconAlertTriangle />}>
      {children}
    </Mark>
  );
}

function Standing({ system }: { system: System }) {
  const now = new Date(system.at);
  return (
    <Facts
      facts={[
        {
          label: text("health.mail"),
          value: (
            <Good isGood={system.mail_configured}>
              {text(system.mail_configured ? "health.mail_on" : "health.mail_off")}
            </Good>
          ),
        },
        {
          label: text("health.dead"),
          value: <Good isGood={system.jobs_dead === 0}>{formatNumber(system.jobs_dead)}</Good>,
        },
        {
          label: text("health.waiting"),
          value: (
            <>
              {formatNumber(system.jobs_waiting)}
              {system.oldest_job_due_at ? (
                <p className="meta">
                  {text("health.oldest")} {formatAgo(system.oldest_job_due_at, now)}
                </p>
              ) : null}
            </>
          ),
        },
        {
          label: text("health.schema"),
          value: (
            <Good isGood={system.schema === "current"}>
              {text(`health.schema_state.${system.schema}`, { version: system.schema_version })}
            </Good>
          ),
        },
        { label: text("health.database"), value: text(`health.engine.${system.database}`) },
        { label: text("health.backup"), value: <LastBackup system={system} /> },
        { label: text("health.events"), value: formatNumber(system.events) },
      ]}
    />
  );
}

/** When the last backup was made, how large it is and where; a warning when it is older than promised. */
function LastBackup({ system }: { system: System }) {
  const { backup } = system;
  const hours = system.backup_promise_hours;
  if (!backup)
    return (
      <>
        <Good isGood={false}>{text("health.backup_never")}</Good>
        <p className="meta">{text("health.backup_how")}</p>
      </>
    );
  const ago = formatAgo(backup.made_at, new Date(system.at));
  return (
    <>
      <Good isGood={!backup.is_late}>
        {backup.is_late ? text("health.backup_late", { ago, hours }) : ago}
      </Good>{" "}
      <span className="meta" title={formatInstant(backup.made_at)}>
        {[formatBytes(backup.bytes), text(`health.backup_place.${backup.place}`)].join(" · ")}
      </span>
    </>
  );
}

/** Jobs that are not done; the ones that were given up get another round from here. */
function Jobs() {
  const session = useSession();
  const cache = useQueryClient();
  const { jobs: shown } = useSearch({ from: "/signed-in/settings/health" });
  const change = useSearchChange();
  const query = useInfiniteQuery(jobsQuery(shown === "dead" ? { state: "dead" } : {}));
  const replaying = useMutation({
    mutationFn: (job: Job) => replayJob(job.id),
    onSuccess: () => {
      notifyDone(text("health.replayed"));
      void cache.invalidateQueries({ queryKey: ["jobs"] });
      void cache.invalidateQueries({ queryKey: ["system"] });
    },
  });
  const isBusy = (job: Job) => replaying.isPending && replaying.variables.id === job.id;
  const replay = canReplayJobs(session) ? (job: Job) => replaying.mutate(job) : null;
  return (
    <Section
      title={text("health.jobs")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={text("health.jobs")}
          value={shown ?? "all"}
          onChange={(next) => void change({ jobs: next === "dead" ? "dead" : undefined }, { replace: true })}
          data={[
            { value: "all", label: text("health.jobs_all") },
            { value: "dead", label: text("health.jobs_dead") },
          ]}
        />
      }
    >
      <FormProblem error={replaying.error} />
      <PagedList
        query={query}
        empty={<Empty title={text("health.no_jobs")} why={text("health.no_jobs_why")} />}
      >
        {(rows) => (
          <DataTable
            caption={text("health.jobs")}
            rows={rows}
            rowKey={(row) => row.id}
            columns={columnsFor(replay, isBusy)}
          />
        )}
      </PagedList>
    </Section>
  );
}

function columnsFor(replay: ((job: Job) => void) | null, isBusy: (job: Job) => boolean): Column<Job>[] {
  const now = new Date();
  return [
    { key: "kind", label: text("health.column.kind"), cell: (row) => row.kind.replaceAll("_", " ") },
    { key: "state", label: text("health.column.state"), cell: (row) => <JobMark job={row} /> },
    {
      key: "error",
      label: text("health.column.error"),
      cell: (row) => row.last_error ?? text("state.none"),
    },
    {
      key: "run",
      label: text("health.column.run"),
      wide: true,
      cell: (row) =>
        row.state === "dead" ? (
          text("state.none")
        ) : (
          <span title={formatInstant(row.run_at)}>{formatAgo(row.run_at, now)}</span>
        ),
    },
    {
      key: "attempts",
      label: text("health.column.attempts"),
      align: "right",
      wide: true,
      cell: (row) => formatNumber(row.attempts),
    },
    {
      key: "replay",
      label: text("health.column.again"),
      align: "right",
      cell: (row) =>
        row.state === "dead" && replay ? (
          <Button size="compact-sm" variant="default" loading={isBusy(row)} onClick={() => replay(row)}>
            {text("health.replay")}
          </Button>
        ) : null,
    },
  ];
}

function JobMark({ job }: { job: Job }) {
  const words = text(`health.state.${job.state}`);
  if (job.state === "dead")
    return (
      <Mark tone="overdue" icon={<IconAlertTriangle />}>
        {words}
      </Mark>
    );
  return (
    <Mark tone="plain" icon={job.state === "retrying" ? <IconRefresh /> : <IconClock />}>
      {words}
    </Mark>
  );
}
