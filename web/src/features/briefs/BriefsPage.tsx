import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { briefsQuery } from "../../api/request-queries";
import type { Brief } from "../../api/types";
import { activityName } from "../../parts/activity";
import { BriefSheet } from "../../parts/BriefSheet";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { Failed, Loading } from "../../ui/states";
import classes from "./briefs.module.css";

/** The briefs of one promised use, one page for each reader. */
export function BriefsPage() {
  const { candidate } = useParams({ from: "/signed-in/requests/$id/briefs/$candidate" });
  const query = useQuery(briefsQuery(candidate));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Briefs briefs={query.data} />;
}

function Briefs({ briefs }: { briefs: Brief[] }) {
  const { id } = useParams({ from: "/signed-in/requests/$id/briefs/$candidate" });
  const [reader, setReader] = useState<Brief["reader"]>("seller");
  const brief = briefs.find((one) => one.reader === reader) ?? briefs[0];
  if (!brief) return null;
  return (
    <Page
      title={text("briefs.title_of", { activity: activityName(brief.activity) })}
      lead={
        <span className={classes.print}>
          <AppLink href={paths.request(id)}>{text("briefs.back")}</AppLink>
        </span>
      }
      actions={
        <Button className={classes.print} onClick={() => window.print()}>
          {text("briefs.print")}
        </Button>
      }
    >
      <div className={classes.choice}>
        <SegmentedControl
          aria-label={text("briefs.open")}
          value={brief.reader}
          onChange={(next) => setReader(briefs.find((one) => one.reader === next)?.reader ?? "seller")}
          data={briefs.map((one) => ({ value: one.reader, label: text(`briefs.reader.${one.reader}`) }))}
        />
        <p className="soft">{text("briefs.hint")}</p>
      </div>
      <BriefSheet brief={brief} />
    </Page>
  );
}
