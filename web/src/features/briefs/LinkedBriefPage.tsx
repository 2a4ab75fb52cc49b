import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { isCode, sayProblem } from "../../api/problem";
import { linkedBriefQuery } from "../../api/request-queries";
import { activityName } from "../../parts/activity";
import { BriefSheet } from "../../parts/BriefSheet";
import { LinkPage, Said } from "../../parts/LinkPage";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import classes from "./briefs.module.css";

/** What advocate and buyer read before the use, behind a link in their invitation. */
export function LinkedBriefPage() {
  const { token } = useParams({ from: "/brief/$token" });
  const query = useQuery(linkedBriefQuery(token));
  return (
    <LinkPage title={text("briefs.title")}>
      {query.isPending ? (
        <Loading rows={8} />
      ) : query.isSuccess ? (
        <div className={classes.linked}>
          <h1>{text("briefs.title_of", { activity: activityName(query.data.activity) })}</h1>
          <BriefSheet brief={query.data} />
          <Button variant="default" className={classes.print} onClick={() => window.print()}>
            {text("briefs.print")}
          </Button>
        </div>
      ) : isCode(query.error, "link_expired") ? (
        <Said {...sayProblem(query.error)} />
      ) : (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      )}
    </LinkPage>
  );
}
