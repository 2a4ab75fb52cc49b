import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { sharedQuery } from "../../api/content-queries";
import { sharedFile } from "../../api/files";
import { isCode } from "../../api/problem";
import type { SharedContent } from "../../api/types";
import { formatDay } from "../../format/format";
import { Colophon } from "../../parts/Colophon";
import { ContentPreview } from "../../parts/ContentPreview";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import classes from "./SharedPage.module.css";
import { useOpening } from "./use-opening";

/** What a buyer sees behind a link: the content under the program's name, no sign-in, no app around it. */
export function SharedPage() {
  const { token } = useParams({ from: "/s/$token" });
  const query = useQuery(sharedQuery(token));
  useOpening(token, query.isSuccess);
  if (query.isSuccess) return <Shown token={token} content={query.data} />;
  if (query.isPending)
    return (
      <Frame title={text("state.loading")}>
        <Loading rows={6} />
      </Frame>
    );
  if (isCode(query.error, "link_expired"))
    return <Said title={text("content.public.over_title")} detail={text("content.public.over_detail")} />;
  if (isCode(query.error, "not_found"))
    return <Said title={text("content.public.lost_title")} detail={text("content.public.lost_detail")} />;
  return (
    <Frame title={text("content.public.lost_title")}>
      <Failed error={query.error} onRetry={() => void query.refetch()} />
    </Frame>
  );
}

function Frame({ title, program, children }: { title: string; program?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = program ? `${title} · ${program}` : title;
  }, [title, program]);
  return (
    <div className={classes.page}>
      {program ? <header className={classes.program}>{program}</header> : null}
      <main className={classes.box}>{children}</main>
      <Colophon />
    </div>
  );
}

function Said({ title, detail }: { title: string; detail: string }) {
  return (
    <Frame title={title}>
      <div role="status" className={classes.words}>
        <h1>{title}</h1>
        <p>{detail}</p>
      </div>
    </Frame>
  );
}

function Shown({ token, content }: { token: string; content: SharedContent }) {
  return (
    <Frame title={content.title} program={content.program_name}>
      <div className={classes.words}>
        <span className="meta">{text(`content_kind.${content.kind}`)}</span>
        <h1>{content.title}</h1>
        {content.shared_by ? (
          <p className="soft">{text("content.public.from", { name: content.shared_by })}</p>
        ) : null}
      </div>
      <ContentPreview
        title={content.title}
        body={content.body}
        url={content.url}
        file={content.file}
        fileAddress={sharedFile(token)}
      />
      <p className="meta">{text("content.public.until", { day: formatDay(content.expires_on) })}</p>
    </Frame>
  );
}
