import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { linkedBriefQuery } from "../../api/request-queries";
import { activityName } from "../../parts/activity";
import { BriefSheet } from "../../parts/BriefSheet";
import { LinkLoaded, LinkPage } from "../../parts/LinkPage";
import { text } from "../../text/text";
import classes from "./briefs.module.css";

/** What advocate and buyer read before the use, behind a link in their invitation. */
export function LinkedBriefPage() {
  const { token } = useParams({ from: "/brief/$token" });
  const query = useQuery(linkedBriefQuery(token));
  return (
    <LinkPage title={text("briefs.title")}>
      <LinkLoaded query={query} rows={8}>
        {(brief) => (
          <div className={classes.linked}>
            <h1>{text("briefs.title_of", { activity: activityName(brief.activity) })}</h1>
            <BriefSheet brief={brief} />
            <Button variant="default" className={classes.print} onClick={() => window.print()}>
              {text("briefs.print")}
            </Button>
          </div>
        )}
      </LinkLoaded>
    </LinkPage>
  );
}
