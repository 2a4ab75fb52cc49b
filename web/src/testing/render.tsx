//! Puts a component on a page as the app would: theme, queries, a session, a router.

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";
import { expect, vi } from "vitest";
import { makeQueryClient } from "../api/query-client";
import type { Session } from "../api/types";
import { SessionProvider } from "../parts/session";
import { readSearch, writeSearch } from "../paths/search";
import { noCssVariables, theme } from "../theme/theme";

export const session: Session = {
  user: {
    id: "00000001-0000-4000-8000-000000000001",
    name: "Dana Reyes",
    email: "dana@brightwater.example",
    roles: ["seller"],
  },
  viewing: null,
  permissions: ["request_create", "advocate_nominate", "metric_read", "content_share"],
  mail_configured: true,
  is_demo: false,
  is_visit: false,
  today: "2026-11-22",
  currency: "USD",
  program_name: "Brightwater references",
};

/** Renders at `path`; a component that reads route parameters gets them from `route`. */
export async function show(component: ReactNode, { route = "/", path = "/" } = {}) {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: route,
    component: () => <div data-testid="page">{component}</div>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
  });
  const view = render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={noCssVariables}
      withCssVariables={false}
      withGlobalClasses={false}
      env="test"
    >
      <QueryClientProvider client={makeQueryClient()}>
        <SessionProvider session={session}>
          {/* biome-ignore lint/suspicious/noExplicitAny: a test's small router is not the registered one */}
          <RouterProvider router={router as any} />
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByTestId("page");
  return { ...view, router };
}

export interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | Error;

/** Stands in for the server: `reply` sees each request, and every request is kept. */
export function serve(reply: (sent: Sent) => Reply): Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const written = await request.text();
    const url = new URL(request.url);
    const sent = {
      method: request.method,
      path: url.pathname + url.search,
      headers: request.headers,
      body: written ? JSON.parse(written) : undefined,
    };
    all.push(sent);
    const answer = reply(sent);
    if (answer instanceof Error) throw answer;
    const { status = 200, body, headers } = answer;
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json", ...headers },
    });
  });
  return all;
}

export const problem = (status: number, code: string, extra: object = {}) => ({
  status,
  body: { type: "about:blank", title: code, status, code, detail: "", ...extra },
});

/** No accessibility finding that can be judged without a layout. */
export async function expectAccessible(container: Element) {
  const found = await axe.run(container, {
    rules: {
      "color-contrast": { enabled: false },
      region: { enabled: false },
      "page-has-heading-one": { enabled: false },
    },
  });
  expect(found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
}
