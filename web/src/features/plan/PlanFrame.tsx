import "../../text/plan";
import type { ReactNode } from "react";
import { canReadDemand, canReadNeeds, canReadPlan, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { Page } from "../../ui/Page";

interface Props {
  title: string;
  lead: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of the planning screens, side by side. */
export function PlanFrame({ title, lead, actions, children }: Props) {
  const session = useSession();
  const tabs = [
    ...(canReadPlan(session)
      ? [
          { href: paths.gaps(), label: text("plan.tab.gaps") },
          { href: paths.demand(), label: text("plan.tab.demand") },
          { href: paths.goals(), label: text("plan.tab.goals") },
          { href: paths.targets(), label: text("plan.tab.targets") },
        ]
      : []),
    ...(canReadNeeds(session) ? [{ href: paths.needs(), label: text("plan.tab.needs") }] : []),
    ...(canReadDemand(session) ? [{ href: paths.whatIf(), label: text("plan.tab.what_if") }] : []),
    ...(canReadPlan(session) ? [{ href: paths.calculator(), label: text("plan.tab.calculator") }] : []),
    ...(canReadDemand(session) ? [{ href: paths.sponsor(), label: text("plan.tab.sponsor") }] : []),
  ];
  return (
    <Page title={title} lead={lead} actions={actions}>
      <TabLinks label={text("shell.plan")} tabs={tabs} />
      {children}
    </Page>
  );
}
