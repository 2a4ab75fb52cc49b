import "../text/holds";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { giveBack, type HoldFilter, holdsQuery, putBy } from "../api/holds";
import type { Hold } from "../api/types";
import { formatDay } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { notifyUndo } from "../ui/notify";
import { Failed, FormProblem, Loading } from "../ui/states";
import { activityName } from "./activity";
import classes from "./HoldList.module.css";
import { useSession } from "./session";
import { useHoldsChanged } from "./use-holds-changed";

interface Props {
  of: HoldFilter;
  /** What is said where there is none. */
  none: string;
}

/** Who is kept for which deal, and who waits behind whom. */
export function HoldList({ of, none }: Props) {
  const query = useQuery(holdsQuery(of));
  if (query.isPending) return <Loading rows={2} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.items.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className={classes.list}>
      {query.data.items.map((hold) => (
        <HoldItem key={hold.id} hold={hold} of={of} />
      ))}
    </ul>
  );
}

function HoldItem({ hold, of }: { hold: Hold; of: HoldFilter }) {
  const { today } = useSession();
  const changed = useHoldsChanged();
  const giving = useMutation({
    mutationFn: () => giveBack(hold),
    onSuccess: () => {
      changed(hold);
      const deal = hold.opportunity?.id;
      const { planned_on, expires_on, activity, advocate } = hold;
      notifyUndo(text("holds.given_back"), "", async () => {
        if (!deal) return;
        const again = { opportunity_id: deal, advocate_id: advocate.id, activity, planned_on, expires_on };
        await putBy(again, `again-${hold.id}-${hold.version}`);
        changed(hold);
      });
    },
  });
  const who = hold.advocate.display_name;
  const deal = hold.opportunity;
  return (
    <li className={classes.hold}>
      <div className={classes.head}>
        {of.advocate ? null : <AppLink href={paths.advocate(hold.advocate.id)}>{who}</AppLink>}
        {of.opportunity ? null : deal ? (
          <AppLink href={paths.opportunity(deal.id)}>{deal.name}</AppLink>
        ) : (
          <span>{text("holds.other_deal")}</span>
        )}
      </div>
      <div className={classes.facts}>
        <span>
          {hold.state === "waiting"
            ? text("holds.waiting", { count: hold.ahead })
            : text("holds.held", { day: formatDay(hold.expires_on, today) })}
        </span>
        <span className="meta">
          {[
            text("holds.for_day", {
              activity: activityName(hold.activity),
              day: formatDay(hold.planned_on, today),
            }),
            hold.held_by?.name,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {hold.can_give_back ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={giving.isPending}
            aria-label={text("holds.give_back_this", { who })}
            onClick={() => giving.mutate()}
          >
            {text("holds.give_back")}
          </Button>
        ) : null}
      </div>
      <FormProblem error={giving.error} onRetry={() => giving.mutate()} />
    </li>
  );
}
