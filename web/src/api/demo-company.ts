//! The demo company beside the program.

import { queryOptions } from "@tanstack/react-query";
import { body, client, done } from "./client";
import type { Role } from "./types";

/** Looks again while it is being made. */
export const demoCompanyQuery = () =>
  queryOptions({
    queryKey: ["demo-company"],
    queryFn: () => body(client.GET("/api/v1/demo-company")),
    refetchInterval: ({ state }) => (state.data?.state === "making" ? 500 : false),
  });

export const makeDemoCompany = () => body(client.PUT("/api/v1/demo-company"));
export const removeDemoCompany = () => done(client.DELETE("/api/v1/demo-company"));
export const visitDemoCompany = (role: Role) =>
  done(client.PUT("/api/v1/demo-company/visit", { body: { role } }));
export const leaveDemoCompany = () => done(client.DELETE("/api/v1/demo-company/visit"));
