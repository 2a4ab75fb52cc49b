import { useQuery, useQueryClient } from "@tanstack/react-query";
import { dealSharesQuery } from "../../api/content-queries";
import type { Opportunity, Share } from "../../api/types";
import { revokeShare } from "../../api/writes";
import { formatDay } from "../../format/format";
import { ShareStateMark } from "../../parts/content-marks";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./DealRequests.module.css";

/** What was sent to the buyer of this deal, and whether it was opened. */
export function DealShares({ deal }: { deal: Opportunity }) {
  const query = useQuery(dealSharesQuery(deal.id));
  return (
    <Section title={text("content.shared.on_deal")}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <p className="soft">{text("content.shared.on_deal_none")}</p>
      ) : (
        <ul className={classes.list}>
          {query.data.map((share) => (
            <ShareItem key={share.id} share={share} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function ShareItem({ share }: { share: Share }) {
  const { today } = useSession();
  const cache = useQueryClient();
  const end = async () => {
    await revokeShare(share.id);
    notifyDone(text("content.shared.revoked"), share.title);
    void cache.invalidateQueries({ queryKey: ["shares", share.opportunity_id] });
    void cache.invalidateQueries({ queryKey: ["timeline", "opportunities", share.opportunity_id] });
  };
  return (
    <li className={classes.request}>
      <div className={classes.head}>
        <AppLink href={paths.contentPiece(share.content_id)}>{share.title}</AppLink>
        <ShareStateMark state={share.state} />
      </div>
      <div className={classes.candidate}>
        <span>
          {share.last_opened_on
            ? text("content.shared.opened", {
                count: share.opening_count,
                day: formatDay(share.last_opened_on, today),
              })
            : text("content.shared.not_opened")}
        </span>
        <span className="meta">
          {[
            share.created_by ? text("content.shared.by", { name: share.created_by.name }) : null,
            text("content.ends", { day: formatDay(share.expires_on, today) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {share.can_revoke ? (
          <ConfirmButton
            size="compact-xs"
            label={text("content.shared.revoke")}
            name={text("content.shared.revoke_this", { title: share.title })}
            title={text("content.shared.revoke_ask", { title: share.title })}
            confirm={text("content.shared.revoke")}
            onConfirm={end}
          >
            <p>{text("content.shared.revoke_why")}</p>
          </ConfirmButton>
        ) : null}
      </div>
    </li>
  );
}
