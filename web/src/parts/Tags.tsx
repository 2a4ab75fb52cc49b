import type { Tag } from "../api/types";
import { text } from "../text/text";
import classes from "./Tags.module.css";

/** Taxonomy tags by facet; a word that is no term yet is shown as it came, and says so. */
export function Tags({ tags }: { tags: Tag[] }) {
  return (
    <ul className={classes.tags}>
      {tags.map((tag) => (
        <li
          key={`${tag.facet}:${tag.term_id ?? tag.raw}`}
          className={classes.tag}
          data-unmapped={tag.term_id === null || undefined}
        >
          <span className={classes.facet}>{tag.facet_name}</span>
          {tag.term_name ?? tag.raw}
          {tag.term_id === null ? (
            <span className={classes.facet}>({text("opportunities.unmapped")})</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
