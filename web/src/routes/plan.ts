//! The planning screens' addresses.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import * as schemas from "../paths/schemas";
import { spoken } from "../text/catalogue";
import { under } from "./under";

export const gaps = createRoute({
  ...under,
  path: "/plan/gaps",
  validateSearch: schemas.gapsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/GapsPage")), "GapsPage"),
});

export const demand = createRoute({
  ...under,
  path: "/plan/demand",
  validateSearch: schemas.demandSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/DemandPage")), "DemandPage"),
});

export const goals = createRoute({
  ...under,
  path: "/plan/goals",
  validateSearch: schemas.goalsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/GoalsPage")), "GoalsPage"),
});

export const targets = createRoute({
  ...under,
  path: "/plan/targets",
  validateSearch: schemas.targetsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/TargetsPage")), "TargetsPage"),
});

export const whatIf = createRoute({
  ...under,
  path: "/plan/what-if",
  validateSearch: schemas.whatIfSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/WhatIfPage")), "WhatIfPage"),
});

export const needs = createRoute({
  ...under,
  path: "/plan/needs",
  validateSearch: schemas.needsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/NeedsPage")), "NeedsPage"),
});

export const sponsor = createRoute({
  ...under,
  path: "/plan/sponsor",
  validateSearch: schemas.sponsorSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/SponsorPage")), "SponsorPage"),
});

export const calculator = createRoute({
  ...under,
  path: "/plan/calculator",
  validateSearch: schemas.calculatorSearch,
  component: lazyRouteComponent(() => spoken(import("../features/plan/CalculatorPage")), "CalculatorPage"),
});
