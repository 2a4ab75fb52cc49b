import "../../text/steward";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { exportSteward } from "../../api/exports";
import { stewardQuery } from "../../api/steward-queries";
import type { StewardQueue } from "../../api/types";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { canExport, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty } from "../../ui/states";
import { Queue } from "./Queue";

/** What needs a person's eye, one row a reason, worked through by keyboard. */
export function StewardPage() {
  const { reason, list } = useSearch({ from: "/signed-in/steward" });
  const filter = { reason, put_off: list === "put_off" || undefined };
  const query = useInfiniteQuery(stewardQuery(filter));
  const exports = canExport(useSession()) ? (
    <ExportMenu
      name="steward"
      take={(format) => exportSteward(filter, format)}
      total={query.data?.pages.at(-1)?.total}
    />
  ) : undefined;
  return (
    <Page title={text("steward.title")} lead={text("steward.lead")} more={exports}>
      <Reasons queue={query.data?.pages.at(-1)} />
      <PagedList query={query} empty={<NothingHere isNarrowed={reason !== undefined} list={list} />}>
        {(rows) => <Queue key={`${reason}:${list}`} rows={rows} />}
      </PagedList>
    </Page>
  );
}

function NothingHere({ isNarrowed, list }: { isNarrowed: boolean; list: "put_off" | undefined }) {
  if (list === "put_off")
    return (
      <Empty
        title={text("steward.empty_put_off_title")}
        why={text("steward.empty_put_off_why")}
        next={<AppLink href={paths.steward()}>{text("steward.empty_put_off_next")}</AppLink>}
      />
    );
  if (!isNarrowed)
    return (
      <Empty
        title={text("steward.empty_title")}
        why={text("steward.empty_why")}
        next={<AppLink href={paths.load()}>{text("steward.empty_next")}</AppLink>}
      />
    );
  return (
    <Empty
      title={text("steward.empty_reason_title")}
      why={text("steward.empty_reason_why")}
      next={<AppLink href={paths.steward()}>{text("steward.empty_reason_next")}</AppLink>}
    />
  );
}

/** Every reason with its count, beside the two queues that have screens of their own. */
function Reasons({ queue }: { queue: StewardQueue | undefined }) {
  const { reason, list } = useSearch({ from: "/signed-in/steward" });
  const counts = queue?.counts ?? [];
  const elsewhere = (href: string, label: string, count: number | null | undefined) =>
    count === null || count === undefined ? [] : [{ href, label, count, isCurrent: false }];
  const tabs = [
    {
      href: paths.steward(),
      label: text("steward.all"),
      count: counts.reduce((sum, one) => sum + one.count, 0),
      isCurrent: reason === undefined && list === undefined,
    },
    ...counts
      .filter((one) => one.count > 0 || one.reason === reason)
      .map((one) => ({
        href: paths.steward({ reason: one.reason }),
        label: text(`steward.reason.${one.reason}`),
        count: one.count,
        isCurrent: one.reason === reason,
      })),
    ...elsewhere(paths.unmapped(), text("steward.unmapped"), queue?.unmapped),
    ...elsewhere(paths.duplicates(), text("steward.duplicates"), queue?.duplicates),
    {
      href: paths.steward({ list: "put_off" }),
      label: text("steward.put_off"),
      count: queue?.put_off,
      isCurrent: list === "put_off",
    },
  ];
  return <TabLinks label={text("steward.reasons")} tabs={tabs} />;
}
