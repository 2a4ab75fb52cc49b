import "../../text/administration";
import { useDebouncedValue } from "@mantine/hooks";
import type { Facet, MatchWeights, Settings } from "../../api/types";
import { changeMatchWeights } from "../../api/writes";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { Slider } from "../../ui/Slider";
import { LearnedWeights } from "./LearnedWeights";
import { Save } from "./ProgramForm";
import { LastChange } from "./Rule";
import { useSettingForm } from "./use-setting-form";
import { WeightPreview } from "./WeightPreview";
import classes from "./Weights.module.css";
import { facetsOf, WEIGHT_MAX, WEIGHT_MIN, withFacet } from "./weights";

interface Props {
  setting: Settings["match_weights"];
  facets: readonly Facet[];
  isReadOnly: boolean;
}

/** Fast enough to follow a hand, slow enough not to ask for every step of it. */
const TRY_AFTER_MS = 250;

/** A slider per facet, and beside them what the open deals would be offered. */
export function WeightsForm({ setting, facets, isReadOnly }: Props) {
  const edit = useSettingForm<"match_weights", MatchWeights>({
    name: "match_weights",
    setting,
    fieldsOf: (value) => value,
    labelOf: (field) => text(`settings.weights.field.${field}`),
    change: changeMatchWeights,
  });
  const weights = edit.form.values;
  const [tried] = useDebouncedValue(weights, TRY_AFTER_MS);
  const single = (field: "others" | "text") => (
    <Slider
      label={text(`settings.weights.${field}`)}
      note={text("settings.weights.standard", { value: setting.default[field] })}
      value={weights[field]}
      min={WEIGHT_MIN}
      max={WEIGHT_MAX}
      isReadOnly={isReadOnly}
      onChange={(value) => edit.form.setFieldValue(field, value)}
    />
  );
  return (
    <div className={classes.beside}>
      <Section
        title={text("settings.weights.facets")}
        aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
      >
        <p className="soft">{text("settings.weights.hint")}</p>
        <form noValidate onSubmit={edit.submit}>
          {facetsOf(facets, weights).map(({ key, name, weight }) => (
            <Slider
              key={key}
              label={name}
              note={text("settings.weights.standard", {
                value: setting.default.facets[key] ?? setting.default.others,
              })}
              value={weight}
              min={WEIGHT_MIN}
              max={WEIGHT_MAX}
              isReadOnly={isReadOnly}
              onChange={(value) => edit.form.setFieldValue("facets", withFacet(weights, key, value))}
            />
          ))}
          {single("others")}
          {single("text")}
          {edit.problem}
          <Save edit={edit} isReadOnly={isReadOnly} />
        </form>
      </Section>
      <div className={classes.stack}>
        {isReadOnly ? null : <LearnedWeights onTry={(weights) => edit.form.setValues(weights)} />}
        <WeightPreview weights={tried} isAsked={edit.isChanged} isReadOnly={isReadOnly} />
      </div>
    </div>
  );
}
