import "../text/administration";
import { Button, NativeSelect } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { demoCompanyQuery } from "../api/demo-company";
import type { Role, Session } from "../api/types";
import { useEndVisit, useVisit } from "../parts/use-visit";
import { text } from "../text/text";
import classes from "./ViewingBanner.module.css";

/** Stands over every screen on a visit to the demo company: as whom, and the way back. */
export function VisitBanner({ session }: { session: Session }) {
  const visit = useVisit();
  const end = useEndVisit();
  const company = useQuery(demoCompanyQuery());
  const roles = company.data?.roles ?? session.user.roles;
  return (
    <section className={`${classes.banner} ${classes.visit}`} aria-label={text("demo.banner")}>
      <IconMapPin size={18} aria-hidden="true" className={classes.icon} />
      <p className={classes.words}>
        <strong>{text("demo.banner")}</strong> <span className={classes.more}>{text("demo.banner_why")}</span>
      </p>
      <NativeSelect
        size="xs"
        aria-label={text("demo.as")}
        value={session.user.roles[0] ?? ""}
        disabled={visit.isPending}
        onChange={({ currentTarget }) => visit.mutate(currentTarget.value as Role)}
        data={roles.map((role) => ({ value: role, label: text(`role.${role}`) }))}
      />
      <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(undefined)}>
        {text("demo.back")}
      </Button>
    </section>
  );
}
