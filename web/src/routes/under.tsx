//! What every address stands under: the root, and the session that most screens need.

import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { isCode } from "../api/problem";
import * as queries from "../api/queries";
import { sessionEnded } from "../api/session-ended";
import { paths } from "../paths/paths";
import * as schemas from "../paths/schemas";
import { Broke } from "../shell/Broke";
import { Shell } from "../shell/Shell";

interface Context {
  queryClient: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Everything behind sign-in. Without a session it leads there and back again. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  validateSearch: schemas.shellSearch,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(queries.sessionQuery());
    } catch (error) {
      if (!isCode(error, "not_signed_in")) throw error;
      sessionEnded.resolve();
      const next = location.href === "/" ? undefined : location.href;
      throw redirect({ href: paths.signIn(next) });
    }
  },
  component: Shell,
  errorComponent: Broke,
});

export const under = { getParentRoute: () => signedIn };
