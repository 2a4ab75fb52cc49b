import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";

/** Where those who answer for the log begin. */
export function Log() {
  return (
    <Section title={text("home.log")} aside={<AppLink href={paths.audit()}>{text("home.log_open")}</AppLink>}>
      <p className="soft">{text("home.log_why")}</p>
    </Section>
  );
}
