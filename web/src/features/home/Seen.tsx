import { useInfiniteQuery } from "@tanstack/react-query";
import { contentListQuery } from "../../api/content-queries";
import { ContentList } from "../../parts/ContentList";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";

const PIECES_SHOWN = 4;

/** The newest stories that may be sent. */
export function FreshContent() {
  const query = useInfiniteQuery(
    contentListQuery({ state: "approved", sort: "added", direction: "descending" }),
  );
  return (
    <Section
      title={text("homes.fresh_content")}
      aside={<AppLink href={paths.content()}>{text("home.see_all")}</AppLink>}
    >
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("homes.fresh_content_none")} why={text("homes.fresh_content_none_why")} />}
      >
        {(rows) => <ContentList rows={rows.slice(0, PIECES_SHOWN)} />}
      </PagedList>
    </Section>
  );
}
