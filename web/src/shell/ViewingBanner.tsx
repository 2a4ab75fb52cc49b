import "../text/administration";
import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useEffect } from "react";
import type { Session } from "../api/types";
import { formatInstant } from "../format/format";
import { useStopViewing } from "../parts/use-viewing";
import { text } from "../text/text";
import classes from "./ViewingBanner.module.css";

/** Stands over every screen while somebody looks through other eyes. */
export function ViewingBanner({
  session,
  viewing,
}: {
  session: Session;
  viewing: NonNullable<Session["viewing"]>;
}) {
  const stop = useStopViewing();
  useReloadAt(viewing.until);
  const roles = session.user.roles.map((role) => text(`role.${role}`)).join(", ") || text("users.no_role");
  return (
    <section className={classes.banner} aria-label={text("viewing.banner")}>
      <IconEye size={18} aria-hidden="true" className={classes.icon} />
      <p className={classes.words}>
        <strong>
          {viewing.role
            ? text("viewing.role", { role: text(`role.${viewing.role}`) })
            : text("viewing.person", { name: session.user.name, roles })}
        </strong>{" "}
        {text("viewing.read_only")} {viewing.is_masked ? `${text("viewing.masked")} ` : null}
        {text("viewing.until", { time: formatInstant(viewing.until) })}
      </p>
      <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate(undefined)}>
        {text("viewing.stop")}
      </Button>
    </section>
  );
}

/** The server ends it then; nothing of what was read stays on the screen. */
function useReloadAt(instant: string) {
  useEffect(() => {
    const timer = setTimeout(
      () => window.location.reload(),
      Math.max(1_000, Date.parse(instant) - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [instant]);
}
