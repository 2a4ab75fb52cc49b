//! Which screens a person is offered, by role. Screens that do not exist yet are absent, not dead.

import {
  IconBooks,
  IconBuilding,
  IconChartBar,
  IconChecklist,
  IconFileImport,
  IconHome,
  IconInbox,
  IconListCheck,
  IconMap2,
  IconScale,
  IconSearch,
  IconSettings,
  IconTags,
  IconTargetArrow,
  IconUserPlus,
  IconUserSearch,
  IconUsers,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Role, Session } from "../api/types";
import { hasRole } from "../parts/session";
import { paths } from "../paths/paths";
import { text } from "../text/text";

export interface Destination {
  href: string;
  label: string;
  icon: ReactNode;
  /** Stands in the bottom bar of a phone. */
  isMain: boolean;
}

interface Offer extends Destination {
  roles: Role[] | "all";
}

const people: Role[] = ["seller", "owner", "stakeholder", "program"];

function offers(session: Session): Offer[] {
  const runsAll = hasRole(session, "program");
  return [
    { href: paths.home(), label: text("shell.home"), icon: <IconHome />, isMain: true, roles: "all" },
    {
      href: paths.find(),
      label: text("shell.find"),
      icon: <IconSearch />,
      isMain: true,
      roles: [...people, "executive", "privacy"],
    },
    {
      href: paths.approvals(),
      label: text("shell.approvals"),
      icon: <IconListCheck />,
      isMain: true,
      roles: ["owner", "program"],
    },
    {
      href: paths.requests(),
      label: text(runsAll ? "shell.requests" : "shell.my_requests"),
      icon: <IconInbox />,
      isMain: true,
      roles: people,
    },
    {
      href: paths.opportunities(),
      label: text("shell.opportunities"),
      icon: <IconTargetArrow />,
      isMain: !hasRole(session, "owner", "program"),
      roles: ["seller", "owner", "program", "executive"],
    },
    {
      href: paths.advocates(),
      label: text("shell.advocates"),
      icon: <IconUsers />,
      isMain: false,
      roles: ["owner", "program", "executive", "privacy"],
    },
    {
      href: paths.recruiting(),
      label: text("recruiting.title"),
      icon: <IconUserPlus />,
      isMain: false,
      roles: ["program"],
    },
    {
      href: paths.accounts(),
      label: text("shell.accounts"),
      icon: <IconBuilding />,
      isMain: false,
      roles: ["owner", "program", "privacy"],
    },
    {
      href: paths.load(),
      label: text("load.title"),
      icon: <IconScale />,
      isMain: false,
      roles: ["owner", "program"],
    },
    {
      href: paths.steward(),
      label: text("shell.steward"),
      icon: <IconChecklist />,
      isMain: false,
      roles: ["owner", "program"],
    },
    {
      href: paths.unmetSearches(),
      label: text("demand.title"),
      icon: <IconUserSearch />,
      isMain: false,
      roles: ["program", "executive"],
    },
    {
      href: paths.content(),
      label: text("shell.content"),
      icon: <IconBooks />,
      isMain: false,
      roles: [...people, "executive", "privacy"],
    },
    {
      href: paths.metric(),
      label: text("shell.metric"),
      icon: <IconChartBar />,
      isMain: false,
      roles: ["seller", "owner", "stakeholder", "program", "executive"],
    },
    {
      href: paths.gaps(),
      label: text("shell.plan"),
      icon: <IconMap2 />,
      isMain: false,
      roles: ["seller", "owner", "program", "executive"],
    },
    {
      href: paths.needs(),
      label: text("shell.needs"),
      icon: <IconMap2 />,
      isMain: false,
      roles: ["stakeholder"],
    },
    {
      href: paths.taxonomy(),
      label: text("shell.taxonomy"),
      icon: <IconTags />,
      isMain: false,
      roles: ["program"],
    },
    {
      href: paths.imports(),
      label: text("shell.imports"),
      icon: <IconFileImport />,
      isMain: false,
      roles: ["program"],
    },
    {
      href: paths.settings(),
      label: text("shell.settings"),
      icon: <IconSettings />,
      isMain: false,
      roles: ["program", "admin", "privacy"],
    },
  ];
}

export function destinations(session: Session): Destination[] {
  return offers(session).filter((offer) => offer.roles === "all" || hasRole(session, ...offer.roles));
}

/** Whether `here` lies at or under `href`. */
export function isAt(here: string, href: string): boolean {
  const path = href.split("?")[0] ?? href;
  return path === "/" ? here === "/" : here === path || here.startsWith(`${path}/`);
}
