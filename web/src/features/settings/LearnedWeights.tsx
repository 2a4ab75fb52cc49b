import "../../text/administration";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { LearnedWeights as Learned, LearnedFacet, Lesson, MatchWeights } from "../../api/types";
import { learnMatchWeights } from "../../api/writes";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./Weights.module.css";

interface Props {
  /** Puts weights on the sliders, where they are previewed like any others. */
  onTry: (weights: MatchWeights) => void;
}

/** Weights that past requests suggest, with how they did on later ones; saving them is another step. */
export function LearnedWeights({ onTry }: Props) {
  const learning = useMutation({ mutationFn: learnMatchWeights });
  return (
    <Section title={text("settings.learn.title")}>
      <p className="soft">{text("settings.learn.why")}</p>
      {learning.isPending ? (
        <Loading rows={4} height={36} />
      ) : learning.isError ? (
        <Failed error={learning.error} onRetry={() => learning.mutate()} />
      ) : learning.data ? (
        <Outcome learned={learning.data} onTry={onTry} />
      ) : (
        <div>
          <Button variant="default" onClick={() => learning.mutate()}>
            {text("settings.learn.start")}
          </Button>
        </div>
      )}
    </Section>
  );
}

function Outcome({ learned, onTry }: Props & { learned: Learned }) {
  const { lesson } = learned;
  if (!lesson) {
    return (
      <p role="status">{text("settings.learn.few", { choices: learned.choices, needed: learned.needed })}</p>
    );
  }
  const isBetter = lesson.after.mean_place < lesson.before.mean_place;
  return (
    <>
      <p className={classes.finding} role="status">
        {text(isBetter ? "settings.learn.better" : "settings.learn.no_better", {
          count: lesson.tried_on,
          before: place(lesson.before.mean_place),
          after: place(lesson.after.mean_place),
        })}
      </p>
      <p className="soft">{detail(lesson)}</p>
      <DataTable
        caption={text("settings.learn.facets")}
        columns={columns()}
        rows={lesson.facets}
        rowKey={(facet) => facet.key}
        isMuted={(facet) => facet.now === facet.learned}
      />
      <Button variant={isBetter ? "filled" : "default"} onClick={() => onTry(lesson.weights)}>
        {text("settings.learn.try")}
      </Button>
    </>
  );
}

const place = (mean: number) => formatNumber(Math.round(mean * 10) / 10);

function detail({ before, after, better, worse, tried_since, learned_from }: Lesson) {
  return text("settings.learn.detail", {
    before: formatShare(before.hit_rate),
    after: formatShare(after.hit_rate),
    better,
    worse,
    learned: learned_from,
    day: formatDay(tried_since.slice(0, 10)),
  });
}

const columns = (): Column<LearnedFacet>[] => [
  { key: "facet", label: text("settings.learn.facet"), cell: (facet) => facet.name },
  { key: "now", label: text("settings.learn.now"), align: "right", cell: (facet) => facet.now },
  { key: "learned", label: text("settings.learn.learned"), align: "right", cell: (facet) => facet.learned },
  {
    key: "choices",
    wide: true,
    label: text("settings.learn.choices"),
    align: "right",
    cell: (facet) => formatNumber(facet.choices),
  },
];
