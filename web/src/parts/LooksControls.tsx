import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { chooseLanguage, language, languageNames } from "../text/language";
import { text } from "../text/text";
import { type Density, readDensity, setDensity } from "../theme/theme";
import classes from "./LooksControls.module.css";

/** Theme, density and language; kept in this browser. */
export function LooksControls() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setShown] = useState(readDensity);
  const choose = (next: string) => {
    const chosen: Density = next === "compact" ? "compact" : "comfortable";
    setDensity(chosen);
    setShown(chosen);
  };
  return (
    <div className={classes.looks}>
      <span className="meta">{text("shell.theme")}</span>
      <SegmentedControl
        aria-label={text("shell.theme")}
        size="xs"
        fullWidth
        value={colorScheme}
        onChange={(next) => setColorScheme(next === "light" ? "light" : next === "dark" ? "dark" : "auto")}
        data={[
          { value: "light", label: text("shell.theme_light") },
          { value: "dark", label: text("shell.theme_dark") },
          { value: "auto", label: text("shell.theme_auto") },
        ]}
      />
      <span className="meta">{text("shell.density")}</span>
      <SegmentedControl
        aria-label={text("shell.density")}
        size="xs"
        fullWidth
        value={density}
        onChange={choose}
        data={[
          { value: "comfortable", label: text("shell.comfortable") },
          { value: "compact", label: text("shell.compact") },
        ]}
      />
      <span className="meta">{text("shell.language")}</span>
      <SegmentedControl
        aria-label={text("shell.language")}
        size="xs"
        fullWidth
        value={language}
        onChange={chooseLanguage}
        data={languageNames.map(([value, label]) => ({ value, label }))}
      />
    </div>
  );
}
