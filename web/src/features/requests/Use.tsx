import type { Candidate } from "../../api/types";
import { formatNumber, formatPlannedDay } from "../../format/format";
import { text } from "../../text/text";
import classes from "./RequestPage.module.css";

type UseOf = NonNullable<Candidate["use"]>;

/** What came of it: the day, what each side said, and how well matching foresaw it. */
export function Use({ use }: { use: UseOf }) {
  const isConfirmed = use.grade_advocate !== null && use.outcome !== "no_show";
  const parts = [
    formatPlannedDay(use.used_on),
    use.outcome ? text(`use_outcome.${use.outcome}`) : null,
    isConfirmed ? text("requests.confirmed") : null,
  ];
  return (
    <>
      <p>{parts.filter(Boolean).join(" · ")}</p>
      {use.debriefs.length > 0 ? (
        <ul className={classes.said}>
          {use.debriefs.map((said) => (
            <li key={said.side}>
              <strong>{text(`requests.said.${said.side}`)}</strong> {gradeWords(said)}
              {said.comment ? <q>{said.comment}</q> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {use.fit ? <p className="soft">{fitWords(use.fit)}</p> : null}
    </>
  );
}

function gradeWords({ grade, fit }: UseOf["debriefs"][number]): string {
  const parts = [
    grade === null ? null : text("requests.said.grade", { grade }),
    fit === null ? null : text("requests.said.fit", { grade: fit }),
  ];
  return parts.filter(Boolean).join(", ");
}

function fitWords({ expected, actual }: NonNullable<UseOf["fit"]>): string {
  const promised = expected === null ? "" : formatNumber(expected);
  if (actual === null) return text("requests.fit_promised", { expected: promised });
  const said = formatNumber(actual);
  return expected === null
    ? text("requests.fit_said", { actual: said })
    : text("requests.fit_shown", { expected: promised, actual: said });
}
