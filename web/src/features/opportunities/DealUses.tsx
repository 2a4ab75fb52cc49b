import "../../text/uses";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { dealUsesQuery } from "../../api/request-queries";
import type { DealUse, Opportunity } from "../../api/types";
import { logUse, takeBackUse } from "../../api/writes";
import { formatDay } from "../../format/format";
import { activityName } from "../../parts/activity";
import { canLogUse, useSession } from "../../parts/session";
import { useUsesChanged } from "../../parts/use-uses-changed";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyUndo } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./DealRequests.module.css";

/** What was used on this deal, by a request or not; the way to log what was not. */
export function DealUses({ deal }: { deal: Opportunity }) {
  const session = useSession();
  const change = useSearchChange();
  const query = useQuery(dealUsesQuery(deal.id));
  return (
    <Section
      title={text("uses.on_deal")}
      aside={
        canLogUse(session) ? (
          <Button size="compact-xs" variant="default" onClick={() => void change({ new: "use" })}>
            {text("uses.log")}
          </Button>
        ) : null
      }
    >
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <p className="soft">{text("uses.on_deal_none")}</p>
      ) : (
        <ul className={classes.list}>
          {query.data.map((use) => (
            <UseItem key={use.id} use={use} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function UseItem({ use }: { use: DealUse }) {
  const { today } = useSession();
  const changed = useUsesChanged();
  const taking = useMutation({
    mutationFn: () => takeBackUse(use),
    onSuccess: () => {
      changed(use);
      notifyUndo(text("uses.taken_back"), text("uses.taken_back_detail"), async () => {
        const { advocate_id, opportunity_id, activity, used_on, grade_seller: grade, comment } = use;
        const again = { advocate_id, opportunity_id, activity, used_on, grade, comment };
        await logUse(again, `again-${use.id}`);
        changed(use);
      });
    },
  });
  const day = formatDay(use.used_on, today);
  return (
    <li className={classes.request}>
      <div className={classes.head}>
        <AppLink href={paths.advocate(use.advocate_id)}>{use.display_name}</AppLink>
      </div>
      <div className={classes.candidate}>
        <span>{`${activityName(use.activity)}, ${day}`}</span>
        <span className="meta">
          {[
            text(`uses.channel.${use.channel}`),
            use.channel === "outside" && use.recorded_by
              ? text("uses.by", { name: use.recorded_by.name })
              : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {use.can_take_back ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={taking.isPending}
            aria-label={text("uses.take_back_this", { what: activityName(use.activity), day })}
            onClick={() => taking.mutate()}
          >
            {text("uses.take_back")}
          </Button>
        ) : null}
      </div>
      <FormProblem error={taking.error} onRetry={() => taking.mutate()} />
    </li>
  );
}
