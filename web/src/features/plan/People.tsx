import { Fragment } from "react";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import classes from "./plan.module.css";

interface Props {
  people: { advocate_id: string; display_name: string }[];
  /** How many there are, the ones who are not named too. */
  count: number;
}

/** Who is behind a number, each led to. */
export function People({ people, count }: Props) {
  if (people.length === 0) return null;
  const more = count - people.length;
  return (
    <div className={`meta ${classes.stacked}`}>
      {people.map((one, place) => (
        <Fragment key={one.advocate_id}>
          {place > 0 ? ", " : null}
          <AppLink href={paths.advocate(one.advocate_id)}>{one.display_name}</AppLink>
        </Fragment>
      ))}
      {more > 0 ? ` ${text("plan.detail.more_people", { count: more })}` : null}
    </div>
  );
}
