import "../../text/administration";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { synonymPreviewQuery } from "../../api/taxonomy-queries";
import type { RereadSearch } from "../../api/types";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import classes from "./SynonymPreview.module.css";

interface Props {
  term: string;
  synonyms: string[];
}

/** What other ways to write a term would change, before they are saved. */
export function SynonymPreview({ term, synonyms }: Props) {
  const id = useId();
  const query = useQuery(synonymPreviewQuery(term, synonyms));
  return (
    <section aria-labelledby={id} className={classes.effect}>
      <h3 id={id}>{text("taxonomy.effect.title")}</h3>
      {query.isPending ? (
        <Loading rows={2} height={24} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div aria-live="polite">
          <p>
            {query.data.read === 0
              ? text("taxonomy.effect.no_searches")
              : text("taxonomy.effect.searches", {
                  changed: query.data.changed.length,
                  read: query.data.read,
                })}
          </p>
          {query.data.changed.length > 0 ? <Searches searches={query.data.changed} /> : null}
          {query.data.records > 0 ? (
            <p>{text("taxonomy.effect.records", { count: query.data.records })}</p>
          ) : null}
        </div>
      )}
    </section>
  );
}

function Searches({ searches }: { searches: RereadSearch[] }) {
  return (
    <ul className={classes.searches}>
      {searches.map((search) => (
        <li key={search.text}>
          <span className={classes.words}>{search.name ?? search.text}</span>
          <span className={search.total_after > search.total_before ? classes.more : "meta"}>
            {text("taxonomy.effect.totals", { before: search.total_before, count: search.total_after })}
          </span>
        </li>
      ))}
    </ul>
  );
}
