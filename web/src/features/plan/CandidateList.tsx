import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { candidatesQuery, type PlanCut } from "../../api/plan-queries";
import type { RecruitCandidate } from "../../api/types";
import { formatList, formatNumber } from "../../format/format";
import { NominationSheet } from "../../parts/NominationSheet";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { short } from "./cut";

/** Customers that are shown until all are asked for. */
const SHOWN_FIRST = 5;

interface Props {
  cut: PlanCut;
  segment: string;
  currency: string;
  /** The recruiting target that nominations count for. */
  target?: { id: string; name: string } | undefined;
}

/** Customers who fit and speak for nobody yet, the best first; a press nominates somebody there. */
export function CandidateList({ cut, segment, currency, target }: Props) {
  const query = useQuery(candidatesQuery(cut, segment));
  const [isWhole, setWhole] = useState(false);
  const [account, setAccount] = useState<RecruitCandidate["account"] | null>(null);
  return (
    <Section plain title={text("plan.recruit.title")}>
      {query.isPending ? (
        <Loading rows={4} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <p className="meta">
            {text("plan.recruit.counts", {
              fitting: formatNumber(query.data.fitting),
              have: formatNumber(query.data.have_advocates),
              locked: formatNumber(query.data.locked),
            })}
          </p>
          {query.data.candidates.length === 0 ? (
            <Empty title={text("plan.recruit.none")} why={text("plan.recruit.none_why")} />
          ) : (
            <DataTable
              caption={text("plan.recruit.title")}
              rows={isWhole ? query.data.candidates : query.data.candidates.slice(0, SHOWN_FIRST)}
              rowKey={(one) => one.account.id}
              isMuted={(one) => one.asked_before !== null}
              columns={[
                {
                  key: "customer",
                  label: text("plan.recruit.customer"),
                  cell: (one) => (
                    <>
                      <AppLink href={paths.account(one.account.id)}>{one.account.name}</AppLink>
                      <div className="meta">{reasons(one, currency)}</div>
                    </>
                  ),
                },
                {
                  key: "before",
                  label: text("plan.recruit.before"),
                  align: "right",
                  cell: (one) =>
                    one.asked_before ? (
                      text(`advocate_status.${one.asked_before}`)
                    ) : (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={text("plan.recruit.nominate_from", { name: one.account.name })}
                        onClick={() => setAccount(one.account)}
                      >
                        {text("plan.recruit.nominate")}
                      </Button>
                    ),
                },
              ]}
            />
          )}
          {isWhole || query.data.candidates.length <= SHOWN_FIRST ? null : (
            <div>
              <Button size="xs" variant="default" onClick={() => setWhole(true)}>
                {text("plan.recruit.all", { count: query.data.candidates.length })}
              </Button>
            </div>
          )}
          <p className="meta">{query.data.formula}</p>
        </>
      )}
      {account ? (
        <NominationSheet opened onClose={() => setAccount(null)} account={account} target={target} />
      ) : null}
    </Section>
  );
}

/** Why a customer stands where it does, in words. */
function reasons(one: RecruitCandidate, currency: string): string {
  return [
    one.health === null ? null : text("plan.recruit.health", { value: one.health }),
    one.nps === null ? null : text("plan.recruit.nps", { value: one.nps }),
    one.customer_since ? text("plan.recruit.since", { year: one.customer_since.slice(0, 4) }) : null,
    one.products.length > 0 ? text("plan.recruit.uses", { products: formatList(one.products) }) : null,
    wonDeals(one, currency),
    one.praised > 0 ? text("plan.recruit.praised", { count: one.praised }) : null,
    text("plan.recruit.contacts", { count: one.contacts }),
    one.owner_name ? text("plan.recruit.owner", { name: one.owner_name }) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Deals won, with their money where any of it is known in the plan's currency. */
function wonDeals(one: RecruitCandidate, currency: string): string | null {
  const { won_deals: count, won_money } = one;
  if (count === 0) return null;
  return Number(won_money) > 0
    ? text("plan.recruit.won", { count, money: short(won_money, currency) })
    : text("plan.recruit.won_unpriced", { count });
}
