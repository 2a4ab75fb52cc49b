import "../text/administration";
import { Button } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { accountsTotalQuery, usersTotalQuery } from "../api/queries";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { Section } from "../ui/Section";
import { useSearchChange } from "../ui/use-search-change";
import classes from "./FirstSteps.module.css";
import { canEditUsers, useSession } from "./session";

type Key = "demo" | "customers" | "advocates" | "rules" | "people" | "search";

interface Step {
  key: Key;
  isDone?: boolean;
  go: () => void;
}

/** From an empty installation to its first search; shown until there is an advocate to find. */
export function FirstSteps() {
  const session = useSession();
  const router = useRouter();
  const change = useSearchChange();
  const accounts = useQuery(accountsTotalQuery({}));
  const people = useQuery({ ...usersTotalQuery(), enabled: canEditUsers(session) });
  const to = (href: string) => () => void router.navigate({ href });
  const steps: Step[] = [
    { key: "customers", isDone: (accounts.data ?? 0) > 0, go: to(paths.imports()) },
    { key: "demo", go: to(paths.demo()) },
    { key: "advocates", go: () => void change({ new: "nomination" }) },
    { key: "rules", go: to(paths.rules()) },
    { key: "people", isDone: (people.data ?? 0) > 1, go: to(paths.users({ user: "new" })) },
    { key: "search", go: to(paths.find()) },
  ];
  const offered = steps.filter(({ key }) => key !== "people" || canEditUsers(session));
  return (
    <Section title={text("first_steps.title")}>
      <p className="soft">{text("first_steps.lead")}</p>
      <ol className={classes.steps}>
        {offered.map(({ key, isDone, go }, index) => (
          <li key={key} className={classes.step}>
            <span className={classes.mark} data-done={isDone || undefined}>
              {isDone ? <IconCircleCheck aria-hidden="true" /> : <IconCircle aria-hidden="true" />}
              {isDone ? <span className="visually-hidden">{text("first_steps.done")}</span> : null}
            </span>
            <div className={classes.words}>
              <p>
                <strong>{text(`first_steps.${key}.title`)}</strong>
              </p>
              <p className="soft">{text(`first_steps.${key}.why`)}</p>
            </div>
            <Button size="sm" variant={index === 0 && !isDone ? "filled" : "default"} onClick={go}>
              {text(`first_steps.${key}.go`)}
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
