//! A brief as it is read and printed: the same page for everybody who reads one.

import type { Brief } from "../api/types";
import { formatDay, formatPlannedDay, formatSlot, ownZone } from "../format/format";
import "../text/links";
import { text } from "../text/text";
import classes from "./BriefSheet.module.css";

/** One page: whom one meets, why, what will be asked, what is better left out. */
export function BriefSheet({ brief }: { brief: Brief }) {
  const { reader } = brief;
  return (
    <div className={classes.sheet}>
      <dl className={classes.facts}>
        <Fact label={text("briefs.who")} value={whoOf(brief)} />
        <Fact label={text("briefs.when")} value={whenOf(brief)} />
        {brief.place ? <Fact label={text("briefs.where")} value={brief.place} /> : null}
      </dl>
      <p className="soft">
        {brief.company
          ? text("briefs.arranged_company", { asker: brief.asked_by, company: brief.company })
          : text("briefs.arranged", { asker: brief.asked_by })}
      </p>
      {brief.headline ? <p>{brief.headline}</p> : null}
      <Lines title={text("briefs.why")} lines={brief.why} none={text("briefs.why_none")} />
      {brief.note ? (
        <section>
          <h2>{text("briefs.note")}</h2>
          <p className={classes.note}>{brief.note}</p>
        </section>
      ) : null}
      <Lines
        title={text(`briefs.questions.${reader}`)}
        lines={brief.questions.map(questionOf)}
        none={text("briefs.no_questions")}
      />
      {brief.topics.length > 0 ? (
        <Lines title={text(`briefs.topics.${reader}`)} lines={brief.topics} none="" />
      ) : null}
      <Lines title={text(`briefs.avoid.${reader}`)} lines={brief.avoid} none={text("briefs.avoid_none")} />
      {brief.conditions ? <p>{`${text("briefs.conditions")}: ${conditionsOf(brief.conditions)}`}</p> : null}
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Lines({ title, lines, none }: { title: string; lines: string[]; none: string }) {
  return (
    <section>
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function whoOf({
  reader,
  advocate_name,
  title,
  account_name,
  prospect_name,
  other_prospects,
}: Brief): string {
  if (reader === "advocate") {
    const companies = [...(prospect_name ? [prospect_name] : []), ...other_prospects];
    if (companies.length === 0) return text("briefs.who_buyer_unknown");
    return text(other_prospects.length > 0 ? "briefs.who_buyers" : "briefs.who_buyer", {
      prospect: companies.join(", "),
    });
  }
  const account = account_name ?? "";
  if (!title) return advocate_name ?? text("briefs.who_account", { account });
  // A masked name says title and company already.
  if (advocate_name && !advocate_name.includes(account))
    return text("briefs.who_of", { name: advocate_name, title, account });
  return text("briefs.who_title", { title, account });
}

function whenOf(brief: Brief): string {
  const zone = ownZone();
  const minutes = text("briefs.minutes", { count: brief.minutes });
  return brief.starts_at
    ? `${formatSlot(brief.starts_at, zone)} (${zone}), ${minutes}`
    : `${text("briefs.planned", { day: formatPlannedDay(brief.planned_on) })}, ${minutes}`;
}

const ASKED = ["use_case", "product", "buyer_concern", "deployment", "industry", "company_size"] as const;

function questionOf({ facet, facet_name, term }: Brief["questions"][number]): string {
  const known = ASKED.find((key) => key === facet);
  return known
    ? text(`briefs.question.${known}`, { term })
    : text("briefs.question.other", { facet: facet_name, term });
}

function conditionsOf({ not_before: from, words }: NonNullable<Brief["conditions"]>): string {
  return [from && text("briefs.conditions_from", { day: formatDay(from) }), words].filter(Boolean).join("; ");
}
