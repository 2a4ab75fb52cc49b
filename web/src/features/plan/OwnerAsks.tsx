import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { targetAsksQuery } from "../../api/plan-queries";
import type { TargetAsks } from "../../api/types";
import { sendTargetAsks } from "../../api/writes";
import { formatInstant, formatList } from "../../format/format";
import { NominationSheet } from "../../parts/NominationSheet";
import { canEditPlan, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";

interface Props {
  target: { id: string; name: string };
  isOpen: boolean;
}

/** Whom the next round would ask whom they would nominate, and what was asked; owners see what they were asked. */
export function OwnerAsks({ target, isOpen }: Props) {
  const session = useSession();
  const query = useQuery(targetAsksQuery(target.id));
  if (query.isPending) return <Loading rows={3} height={40} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const plans = canEditPlan(session);
  return (
    <>
      {isOpen && plans ? <NextRound target={target} asks={query.data} /> : null}
      {query.data.sent.length > 0 ? <Sent target={target} isOpen={isOpen} asks={query.data} /> : null}
    </>
  );
}

function NextRound({ target, asks }: { target: Props["target"]; asks: TargetAsks }) {
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const sending = useMutation({
    // A round that was sent is another attempt than the next one.
    mutationFn: () => sendTargetAsks(target.id, keyFor([target.id, asks.sent.length])),
    onSuccess: (sent) => {
      notifyDone(text("plan.owner_asks.sent_now"), target.name);
      cache.setQueryData(targetAsksQuery(target.id).queryKey, sent);
      void cache.invalidateQueries({ queryKey: ["plan", "targets"] });
    },
  });
  const count = asks.next.reduce((sum, round) => sum + round.accounts.length, 0);
  return (
    <Section plain title={text("plan.owner_asks.title")}>
      <p className="meta">{text("plan.owner_asks.lead", { count: asks.per_week })}</p>
      {count === 0 ? (
        <Empty title={text("plan.owner_asks.none")} why={text("plan.owner_asks.none_why")} />
      ) : (
        <DataTable
          caption={text("plan.owner_asks.next")}
          rows={asks.next}
          rowKey={(round) => round.owner.id}
          columns={[
            { key: "owner", label: text("plan.owner_asks.owner"), cell: (round) => round.owner.name },
            {
              key: "customers",
              label: text("plan.owner_asks.customers"),
              cell: (round) => formatList(round.accounts.map((one) => one.name)),
            },
          ]}
        />
      )}
      {asks.held_back > 0 ? (
        <p className="meta">{text("plan.owner_asks.held_back", { count: asks.held_back })}</p>
      ) : null}
      {asks.without_owner > 0 ? (
        <p className="meta">{text("plan.owner_asks.without_owner", { count: asks.without_owner })}</p>
      ) : null}
      <FormProblem error={sending.error} />
      {count > 0 ? (
        <div>
          <Button loading={sending.isPending} onClick={() => sending.mutate()}>
            {text("plan.owner_asks.send", { count })}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function Sent({ target, isOpen, asks }: Props & { asks: TargetAsks }) {
  const session = useSession();
  const [account, setAccount] = useState<TargetAsks["sent"][number]["account"] | null>(null);
  const plans = canEditPlan(session);
  const title = text(plans ? "plan.owner_asks.sent" : "plan.owner_asks.mine");
  return (
    <Section plain title={title}>
      <DataTable
        caption={title}
        rows={asks.sent}
        rowKey={(one) => `${one.account.id} ${one.asked_at}`}
        columns={[
          {
            key: "customer",
            label: text("plan.recruit.customer"),
            cell: (one) => (
              <>
                <AppLink href={paths.account(one.account.id)}>{one.account.name}</AppLink>
                <div className="meta">
                  {plans ? `${one.owner.name} · ` : null}
                  {formatInstant(one.asked_at)}
                </div>
              </>
            ),
          },
          {
            key: "answer",
            label: text("plan.owner_asks.answer"),
            align: "right",
            cell: (one) =>
              one.nominated > 0 ? (
                text("plan.owner_asks.nominated", { count: one.nominated })
              ) : plans || !isOpen ? (
                text("plan.owner_asks.waiting")
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={text("plan.owner_asks.nominate_from", { name: one.account.name })}
                  onClick={() => setAccount(one.account)}
                >
                  {text("plan.owner_asks.nominate")}
                </Button>
              ),
          },
        ]}
      />
      {account ? (
        <NominationSheet opened onClose={() => setAccount(null)} account={account} target={target} />
      ) : null}
    </Section>
  );
}
