import { contentFile } from "../../api/files";
import type { ContentRow } from "../../api/types";
import { formatDay } from "../../format/format";
import { ContentTitle, contentFacts, maySend, SendButton } from "../../parts/ContentList";
import { ContentStateMark } from "../../parts/content-marks";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import classes from "./ContentLibraryPage.module.css";

/** One story to choose from. */
export function ContentCard({ row, onShare }: { row: ContentRow; onShare?: (row: ContentRow) => void }) {
  const { today } = useSession();
  const isPicture = row.file?.media_type.startsWith("image/");
  return (
    <article className={classes.card}>
      {row.file && isPicture ? (
        <img className={classes.picture} src={contentFile(row.id, row.file.id)} alt="" loading="lazy" />
      ) : null}
      <span className="meta">{contentFacts(row)}</span>
      <h2>
        <ContentTitle row={row} />
      </h2>
      <p className={`soft ${classes.excerpt}`}>{row.excerpt}</p>
      <div className={classes.foot}>
        <ContentStateMark state={row.state} consentStands={row.consent_stands} />
        {row.expires_on ? (
          <span className="meta">{text("content.ends", { day: formatDay(row.expires_on, today) })}</span>
        ) : null}
        {onShare && maySend(row) ? <SendButton row={row} onShare={onShare} /> : null}
      </div>
    </article>
  );
}
