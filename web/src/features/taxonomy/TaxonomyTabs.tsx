import "../../text/administration";
import { useInfiniteQuery } from "@tanstack/react-query";
import { unmappedQuery } from "../../api/taxonomy-queries";
import { TabLinks } from "../../parts/TabLinks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";

/** Terms and the words that wait to become one. */
export function TaxonomyTabs() {
  const waiting = useInfiniteQuery(unmappedQuery());
  return (
    <TabLinks
      label={text("taxonomy.title")}
      tabs={[
        { href: paths.taxonomy(), label: text("taxonomy.terms") },
        {
          href: paths.unmapped(),
          label: text("taxonomy.unmapped"),
          count: waiting.data?.pages[0]?.total,
        },
      ]}
    />
  );
}
