import type { Share } from "../../api/types";
import { formatDay } from "../../format/format";
import { ShareStateMark } from "../../parts/content-marks";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import classes from "./RequestPage.module.css";

/** The content that answered a request in place of a customer, and whether the buyer opened it. */
export function AnsweredBy({ share }: { share: Share }) {
  const { today } = useSession();
  const opened = share.last_opened_on
    ? text("content.shared.opened", {
        count: share.opening_count,
        day: formatDay(share.last_opened_on, today),
      })
    : text("content.shared.not_opened");
  return (
    <Section title={text("requests.content.answered")}>
      <div className={classes.head}>
        <h3>
          <AppLink href={paths.contentPiece(share.content_id)}>{share.title}</AppLink>
        </h3>
        <span className="meta">{opened}</span>
        <ShareStateMark state={share.state} />
      </div>
      <p className="soft">{text("requests.content.answered_why")}</p>
    </Section>
  );
}
