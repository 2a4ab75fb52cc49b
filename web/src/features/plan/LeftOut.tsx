//! What the numbers of the plan leave out, in one line over them: why, and what to do about it, is one press away.

import { Button, Checkbox } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { Demand } from "../../api/types";
import { startVerificationRound } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { canEditPlan, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { writeSearch } from "../../paths/search";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { short } from "./cut";
import classes from "./plan.module.css";

interface Props {
  demand: Demand;
  /** Profiles that nobody confirmed lately, where supply was looked at, and whether they are counted all the same. */
  stale?: { profiles: number; isCounted: boolean };
}

export function LeftOut({ demand, stale }: Props) {
  const apart = demand.without_rate.map((one) => ({
    currency: one.currency,
    title: text("plan.money_apart", {
      deals: one.deals,
      currency: one.currency,
      money: short(one.money, one.currency),
    }),
  }));
  const old = stale && stale.profiles > 0 ? text("plan.unverified", { count: stale.profiles }) : null;
  const titles = [...(old ? [old] : []), ...apart.map(({ title }) => title)];
  if (titles.length === 0) return null;
  return (
    <details className={classes.left}>
      <summary>
        <IconAlertTriangle size={18} aria-hidden="true" />
        <span>{titles.join(" · ")}</span>
      </summary>
      {stale && old ? <Stale title={old} isCounted={stale.isCounted} /> : null}
      {apart.length > 0 ? (
        <Apart currencies={apart.map(({ currency }) => currency)} own={demand.currency} />
      ) : null}
    </details>
  );
}

function Stale({ title, isCounted }: { title: string; isCounted: boolean }) {
  const change = useSearchChange();
  const session = useSession();
  const round = useMutation({
    mutationFn: startVerificationRound,
    onSuccess: ({ profiles, owners, waiting, without_owner: without }) =>
      profiles > 0
        ? notifyDone(
            text("plan.verified_now"),
            text("plan.round", { count: profiles, owners: formatNumber(owners) }),
          )
        : notifyDone(text("plan.verified_none"), text("plan.round_waiting", { waiting, without })),
  });
  return (
    <section className={classes.leftPart} aria-label={title}>
      <p className="measure">{text(isCounted ? "plan.unverified_in" : "plan.unverified_out")}</p>
      <div className={classes.actions}>
        <Button
          component={AppLink}
          href={paths.advocates({ stale: "yes", status: "active" })}
          size="xs"
          variant="default"
        >
          {text("plan.see_stale")}
        </Button>
        {canEditPlan(session) ? (
          <Button size="xs" variant="default" loading={round.isPending} onClick={() => round.mutate()}>
            {text("plan.verify_round")}
          </Button>
        ) : null}
        <Checkbox
          label={text("plan.cut.unverified")}
          checked={isCounted}
          onChange={(event) =>
            void change({ unverified: event.currentTarget.checked ? "yes" : undefined }, { replace: true })
          }
        />
      </div>
      <FormProblem error={round.error} />
    </section>
  );
}

/** Money in currencies that nobody said the worth of. */
function Apart({ currencies, own }: { currencies: string[]; own: string }) {
  const session = useSession();
  return (
    <section className={classes.leftPart} aria-label={currencies.join(", ")}>
      <p className="measure">{text("plan.money_apart_why", { currencies: currencies.join(", "), own })}</p>
      {canEditPlan(session) ? (
        <div className={classes.actions}>
          <Button
            component={AppLink}
            href={paths.demand() + writeSearch({ assume: "yes" })}
            size="xs"
            variant="default"
          >
            {text("plan.money_apart_next")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
