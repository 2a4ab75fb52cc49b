//! What the app asks about the plan.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "./client";
import { PAGE_SIZE, pages } from "./queries";
import type { Activity, AskWhatIf, CalculatorPlan, GrowthGoal } from "./types";

/** Saved plans that the calculator lists. */
const VERSIONS_SHOWN = 20;

/** How a plan is cut; lists are written with commas, as the API reads them. */
export interface PlanCut {
  facets: string;
  window_ends: string;
  /** Terms count as the broadest above them. */
  broad?: boolean;
  as_of?: string;
}

export interface GapsAsk extends PlanCut {
  activity?: Activity;
  unverified?: boolean;
  /** Growth goals compete with the deals for capacity. */
  goals?: boolean;
}

export const demandQuery = (ask: PlanCut) =>
  queryOptions({
    queryKey: ["plan", "demand", ask],
    queryFn: () => body(client.GET("/api/v1/plan/demand", { params: { query: ask } })),
    placeholderData: keepPreviousData,
  });

/** Earlier forecasts against what came; how far the plan looks ahead changes nothing about them. */
export const forecastAccuracyQuery = ({ facets, broad }: PlanCut) =>
  queryOptions({
    queryKey: ["plan", "accuracy", facets, broad],
    queryFn: () => body(client.GET("/api/v1/plan/accuracy", { params: { query: { facets, broad } } })),
    placeholderData: keepPreviousData,
  });

export const demandDealsQuery = (ask: PlanCut, segment: string | undefined) =>
  pages(["plan", "deals", ask, segment], (cursor) =>
    body(
      client.GET("/api/v1/plan/demand/deals", {
        params: { query: { ...ask, segment, cursor, limit: PAGE_SIZE } },
      }),
    ),
  );

/** Nothing is stored; the answer follows every key that is typed. */
export const calculatorQuery = (plan: CalculatorPlan) =>
  queryOptions({
    queryKey: ["plan", "calculator", plan],
    queryFn: () => body(client.POST("/api/v1/plan/calculator", { body: plan })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const planInputsQuery = () =>
  queryOptions({
    queryKey: ["plan", "inputs"],
    queryFn: () => body(client.GET("/api/v1/plan/calculator/inputs")),
  });

export const planVersionsQuery = () =>
  queryOptions({
    queryKey: ["plan", "versions"],
    queryFn: async () =>
      (await body(client.GET("/api/v1/plan/versions", { params: { query: { limit: VERSIONS_SHOWN } } })))
        .items,
  });

export const planRevisionQuery = () =>
  queryOptions({
    queryKey: ["plan", "revision"],
    queryFn: () => body(client.GET("/api/v1/plan/revision")),
  });

export const candidatesQuery = (ask: PlanCut, segment: string) =>
  queryOptions({
    queryKey: ["plan", "candidates", ask, segment],
    queryFn: () =>
      body(client.GET("/api/v1/plan/gaps/candidates", { params: { query: { ...ask, segment } } })),
  });

export const needsQuery = (from?: string) =>
  queryOptions({
    queryKey: ["plan", "needs", from],
    queryFn: () => body(client.GET("/api/v1/plan/needs", { params: { query: { from } } })),
    placeholderData: keepPreviousData,
  });

export const needQuery = (id: string) =>
  queryOptions({
    queryKey: ["plan", "need", id],
    queryFn: () => body(client.GET("/api/v1/plan/needs/{id}", { params: { path: { id } } })),
  });

export const targetsQuery = () =>
  queryOptions({
    queryKey: ["plan", "targets"],
    queryFn: () => body(client.GET("/api/v1/plan/targets")),
  });

export const targetQuery = (id: string) =>
  queryOptions({
    queryKey: ["plan", "targets", id],
    queryFn: () => body(client.GET("/api/v1/plan/targets/{id}", { params: { path: { id } } })),
  });

export const targetAsksQuery = (id: string) =>
  queryOptions({
    queryKey: ["plan", "targets", id, "asks"],
    queryFn: () => body(client.GET("/api/v1/plan/targets/{id}/asks", { params: { path: { id } } })),
  });

/** Nothing is stored; the answer follows what is changed. */
export const whatIfQuery = (ask: AskWhatIf) =>
  queryOptions({
    queryKey: ["plan", "what-if", ask],
    queryFn: () => body(client.POST("/api/v1/plan/what-if", { body: ask })),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Nothing is stored; the answer follows what is changed. */
export const goalOutlookQuery = (goal: GrowthGoal) =>
  queryOptions({
    queryKey: ["plan", "goal-outlook", goal],
    queryFn: () => body(client.POST("/api/v1/plan/goals/outlook", { body: goal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const goalsQuery = () =>
  queryOptions({
    queryKey: ["plan", "goals"],
    queryFn: async () => (await body(client.GET("/api/v1/plan/goals"))).items,
  });

/** What a sentence says of a goal; nothing is stored. */
export const readGoal = (sentence: string) =>
  body(client.POST("/api/v1/plan/goals/read", { body: { sentence } }));

export const scenariosQuery = () =>
  queryOptions({
    queryKey: ["plan", "scenarios"],
    queryFn: async () => (await body(client.GET("/api/v1/plan/scenarios"))).items,
  });

export const scenarioQuery = (id: string) =>
  queryOptions({
    queryKey: ["plan", "scenarios", id],
    queryFn: () => body(client.GET("/api/v1/plan/scenarios/{id}", { params: { path: { id } } })),
  });

export const headCountQuery = ({ facets, broad, activity, unverified }: GapsAsk, goal?: string) =>
  queryOptions({
    queryKey: ["plan", "head-count", facets, broad, activity, unverified, goal],
    queryFn: () =>
      body(
        client.GET("/api/v1/plan/head-count", {
          params: { query: { facets, broad, activity, unverified, goal } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const gapsQuery = (ask: GapsAsk) =>
  queryOptions({
    queryKey: ["plan", "gaps", ask],
    queryFn: () => body(client.GET("/api/v1/plan/gaps", { params: { query: ask } })),
    placeholderData: keepPreviousData,
  });

/** What the plan of all deals has own customers give. */
export const plannedCustomersQuery = (ask: GapsAsk) =>
  queryOptions({
    queryKey: ["plan", "customers", ask],
    queryFn: () => body(client.GET("/api/v1/plan/gaps/customers", { params: { query: ask } })),
    placeholderData: keepPreviousData,
  });

/** Nominees who would be asked less than once in half a year, by the profile that gaps are cut by first. */
export const nomineeDemandQuery = () =>
  queryOptions({
    queryKey: ["plan", "nominees"],
    queryFn: () =>
      body(
        client.GET("/api/v1/plan/head-count/nominees", {
          params: { query: { facets: "industry,product", broad: true } },
        }),
      ),
  });

export const gapDetailQuery = (ask: GapsAsk, segment: string) =>
  queryOptions({
    queryKey: ["plan", "gap", ask, segment],
    queryFn: () => body(client.GET("/api/v1/plan/gaps/detail", { params: { query: { ...ask, segment } } })),
  });
