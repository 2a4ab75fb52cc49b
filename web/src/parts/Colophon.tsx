import { chooseLanguage, language, languageNames } from "../text/language";
import classes from "./Colophon.module.css";

/** The foot of the pages that need no sign-in: who made them, and the ways to read them in another language. */
export function Colophon() {
  return (
    <footer className={`meta ${classes.foot}`}>
      <span className={classes.mark}>
        <img src="/favicon.svg" width={14} height={14} alt="" /> Goodword
      </span>
      {languageNames
        .filter(([other]) => other !== language)
        .map(([other, name]) => (
          <button
            key={other}
            type="button"
            lang={other}
            className={classes.language}
            onClick={() => chooseLanguage(other)}
          >
            {name}
          </button>
        ))}
    </footer>
  );
}
