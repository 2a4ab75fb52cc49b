//! The screens that nobody signs in for.

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import * as queries from "../api/queries";
import { paths } from "../paths/paths";
import * as schemas from "../paths/schemas";
import { spoken } from "../text/catalogue";
import { root } from "./under";

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: schemas.signInSearch,
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(queries.setupQuery()).catch(() => null);
    if (setup?.needed) throw redirect({ href: paths.firstRun() });
  },
  component: lazyRouteComponent(() => spoken(import("../features/session/SignInPage")), "SignInPage"),
});

export const firstRun = createRoute({
  getParentRoute: () => root,
  path: "/first-run",
  component: lazyRouteComponent(() => spoken(import("../features/session/FirstRunPage")), "FirstRunPage"),
});

export const answer = createRoute({
  getParentRoute: () => root,
  path: "/answer/$token",
  component: lazyRouteComponent(() => spoken(import("../features/answers/AnswerPage")), "AnswerPage"),
});

export const pick = createRoute({
  getParentRoute: () => root,
  path: "/pick/$token",
  component: lazyRouteComponent(() => spoken(import("../features/slots/SlotsPage")), "SlotsPage"),
});

export const buyerDebrief = createRoute({
  getParentRoute: () => root,
  path: "/debrief/$token",
  component: lazyRouteComponent(
    () => spoken(import("../features/slots/BuyerDebriefPage")),
    "BuyerDebriefPage",
  ),
});

export const brief = createRoute({
  getParentRoute: () => root,
  path: "/brief/$token",
  component: lazyRouteComponent(
    () => spoken(import("../features/briefs/LinkedBriefPage")),
    "LinkedBriefPage",
  ),
});

export const shared = createRoute({
  getParentRoute: () => root,
  path: "/s/$token",
  component: lazyRouteComponent(() => spoken(import("../features/shared/SharedPage")), "SharedPage"),
});
