//! Every screen's address, what it reads from it, and what must be true to enter.

import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { contentQuery } from "../api/content-queries";
import { importQuery } from "../api/import-queries";
import * as queries from "../api/queries";
import { briefsQuery } from "../api/request-queries";
import { sightQuery } from "../api/sight-queries";
import { facetsQuery, termsQuery } from "../api/taxonomy-queries";
import * as schemas from "../paths/schemas";
import { readSearch, writeSearch } from "../paths/search";
import { Broke } from "../shell/Broke";
import { LostPage } from "../shell/LostPage";
import { spoken } from "../text/catalogue";
import { answer, brief, buyerDebrief, firstRun, pick, shared, signIn } from "./open";
import * as plan from "./plan";
import { root, signedIn, under } from "./under";

const home = createRoute({
  ...under,
  path: "/",
  component: lazyRouteComponent(() => spoken(import("../features/home/HomePage")), "HomePage"),
});

const find = createRoute({
  ...under,
  path: "/find",
  validateSearch: schemas.findSearch,
  loader: ({ context }) => void context.queryClient.prefetchQuery(termsQuery()),
  component: lazyRouteComponent(() => spoken(import("../features/find/FindPage")), "FindPage"),
});

const workbench = createRoute({
  ...under,
  path: "/match",
  validateSearch: schemas.workbenchSearch,
  loader: ({ context }) => void context.queryClient.prefetchQuery(termsQuery()),
  component: lazyRouteComponent(() => spoken(import("../features/find/WorkbenchPage")), "WorkbenchPage"),
});

const opportunities = createRoute({
  ...under,
  path: "/opportunities",
  validateSearch: schemas.opportunitiesSearch,
  component: lazyRouteComponent(
    () => spoken(import("../features/opportunities/OpportunitiesPage")),
    "OpportunitiesPage",
  ),
});

const opportunity = createRoute({
  ...under,
  path: "/opportunities/$id",
  validateSearch: schemas.opportunitySearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(queries.opportunityQuery(params.id));
    void context.queryClient.prefetchQuery(
      queries.dealMatchesQuery(params.id, { activity: "reference_call", only_available: true }),
    );
  },
  component: lazyRouteComponent(
    () => spoken(import("../features/opportunities/OpportunityPage")),
    "OpportunityPage",
  ),
});

const advocates = createRoute({
  ...under,
  path: "/advocates",
  validateSearch: schemas.advocatesSearch,
  component: lazyRouteComponent(() => spoken(import("../features/advocates/AdvocatesPage")), "AdvocatesPage"),
});

const advocate = createRoute({
  ...under,
  path: "/advocates/$id",
  validateSearch: schemas.advocateSearch,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(queries.advocateQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/advocates/AdvocatePage")), "AdvocatePage"),
});

const recruiting = createRoute({
  ...under,
  path: "/recruiting",
  component: lazyRouteComponent(
    () => spoken(import("../features/recruiting/RecruitingPage")),
    "RecruitingPage",
  ),
});

const accounts = createRoute({
  ...under,
  path: "/accounts",
  validateSearch: schemas.accountsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/accounts/AccountsPage")), "AccountsPage"),
});

const contacts = createRoute({
  ...under,
  path: "/accounts/contacts",
  validateSearch: schemas.contactsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/accounts/ContactsPage")), "ContactsPage"),
});

const contact = createRoute({
  ...under,
  path: "/accounts/contacts/$id",
  validateSearch: schemas.contactSearch,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(queries.contactQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/accounts/ContactPage")), "ContactPage"),
});

const account = createRoute({
  ...under,
  path: "/accounts/$id",
  validateSearch: schemas.accountSearch,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(queries.accountQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/accounts/AccountPage")), "AccountPage"),
});

const content = createRoute({
  ...under,
  path: "/content",
  validateSearch: schemas.contentSearch,
  component: lazyRouteComponent(
    () => spoken(import("../features/content/ContentLibraryPage")),
    "ContentLibraryPage",
  ),
});

const contentPiece = createRoute({
  ...under,
  path: "/content/$id",
  validateSearch: schemas.contentPieceSearch,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(contentQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/content/ContentPage")), "ContentPage"),
});

const requests = createRoute({
  ...under,
  path: "/requests",
  validateSearch: schemas.requestsSearch,
  component: lazyRouteComponent(() => spoken(import("../features/requests/RequestsPage")), "RequestsPage"),
});

const request = createRoute({
  ...under,
  path: "/requests/$id",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(queries.requestQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/requests/RequestPage")), "RequestPage"),
});

const briefs = createRoute({
  ...under,
  path: "/requests/$id/briefs/$candidate",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(briefsQuery(params.candidate)),
  component: lazyRouteComponent(() => spoken(import("../features/briefs/BriefsPage")), "BriefsPage"),
});

const approvals = createRoute({
  ...under,
  path: "/approvals",
  component: lazyRouteComponent(() => spoken(import("../features/approvals/ApprovalsPage")), "ApprovalsPage"),
});

const metric = createRoute({
  ...under,
  path: "/metric",
  validateSearch: schemas.metricSearch,
  component: lazyRouteComponent(() => spoken(import("../features/metric/MetricPage")), "MetricPage"),
});

const load = createRoute({
  ...under,
  path: "/load",
  validateSearch: schemas.loadSearch,
  component: lazyRouteComponent(() => spoken(import("../features/load/LoadPage")), "LoadPage"),
});

const unmetSearches = createRoute({
  ...under,
  path: "/unmet-searches",
  component: lazyRouteComponent(
    () => spoken(import("../features/demand/UnmetSearchesPage")),
    "UnmetSearchesPage",
  ),
});

const steward = createRoute({
  ...under,
  path: "/steward",
  validateSearch: schemas.stewardSearch,
  component: lazyRouteComponent(() => spoken(import("../features/steward/StewardPage")), "StewardPage"),
});

const inbox = createRoute({
  ...under,
  path: "/inbox",
  validateSearch: schemas.inboxSearch,
  component: lazyRouteComponent(() => spoken(import("../features/inbox/InboxPage")), "InboxPage"),
});

const unmapped = createRoute({
  ...under,
  path: "/taxonomy/unmapped",
  component: lazyRouteComponent(() => spoken(import("../features/taxonomy/UnmappedPage")), "UnmappedPage"),
});

const trash = createRoute({
  ...under,
  path: "/trash",
  component: lazyRouteComponent(() => spoken(import("../features/accounts/TrashPage")), "TrashPage"),
});

const bulkChanges = createRoute({
  ...under,
  path: "/bulk-changes",
  component: lazyRouteComponent(() => spoken(import("../features/bulk/BulkChangesPage")), "BulkChangesPage"),
});

const duplicates = createRoute({
  ...under,
  path: "/duplicates",
  validateSearch: schemas.duplicatesSearch,
  component: lazyRouteComponent(
    () => spoken(import("../features/duplicates/DuplicatesPage")),
    "DuplicatesPage",
  ),
});

const imports = createRoute({
  ...under,
  path: "/imports",
  component: lazyRouteComponent(() => spoken(import("../features/imports/ImportsPage")), "ImportsPage"),
});

const importFile = createRoute({
  ...under,
  path: "/imports/$id",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(importQuery(params.id)),
  component: lazyRouteComponent(() => spoken(import("../features/imports/ImportPage")), "ImportPage"),
});

const settings = createRoute({
  ...under,
  path: "/settings",
  component: lazyRouteComponent(() => spoken(import("../features/settings/SettingsPage")), "SettingsPage"),
});

const taxonomy = createRoute({
  ...under,
  path: "/taxonomy",
  validateSearch: schemas.taxonomySearch,
  component: lazyRouteComponent(() => spoken(import("../features/taxonomy/TaxonomyPage")), "TaxonomyPage"),
});

const rules = createRoute({
  ...under,
  path: "/settings/rules",
  validateSearch: schemas.rulesSearch,
  component: lazyRouteComponent(() => spoken(import("../features/settings/RulesPage")), "RulesPage"),
});

const weights = createRoute({
  ...under,
  path: "/settings/weights",
  loader: ({ context }) => void context.queryClient.prefetchQuery(facetsQuery()),
  component: lazyRouteComponent(() => spoken(import("../features/settings/WeightsPage")), "WeightsPage"),
});

const users = createRoute({
  ...under,
  path: "/settings/users",
  validateSearch: schemas.usersSearch,
  component: lazyRouteComponent(() => spoken(import("../features/users/UsersPage")), "UsersPage"),
});

const sight = createRoute({
  ...under,
  path: "/settings/sight",
  validateSearch: schemas.sightSearch,
  loader: ({ context }) => void context.queryClient.prefetchQuery(sightQuery()),
  component: lazyRouteComponent(() => spoken(import("../features/users/SightPage")), "SightPage"),
});

const tokens = createRoute({
  ...under,
  path: "/settings/tokens",
  validateSearch: schemas.tokensSearch,
  component: lazyRouteComponent(() => spoken(import("../features/tokens/TokensPage")), "TokensPage"),
});

const audit = createRoute({
  ...under,
  path: "/settings/audit",
  validateSearch: schemas.auditSearch,
  component: lazyRouteComponent(() => spoken(import("../features/audit/AuditPage")), "AuditPage"),
});

const health = createRoute({
  ...under,
  path: "/settings/health",
  validateSearch: schemas.healthSearch,
  component: lazyRouteComponent(() => spoken(import("../features/health/HealthPage")), "HealthPage"),
});

const demo = createRoute({
  ...under,
  path: "/settings/demo",
  component: lazyRouteComponent(() => spoken(import("../features/demo/DemoPage")), "DemoPage"),
});

/** Any other address: within the shell, so that the way on is there. */
const lost = createRoute({ ...under, path: "$", component: LostPage });

const routeTree = root.addChildren([
  signIn,
  firstRun,
  answer,
  pick,
  buyerDebrief,
  brief,
  shared,
  signedIn.addChildren([
    home,
    find,
    workbench,
    opportunities,
    opportunity,
    advocates,
    advocate,
    recruiting,
    accounts,
    contacts,
    contact,
    account,
    content,
    contentPiece,
    requests,
    request,
    briefs,
    approvals,
    metric,
    plan.gaps,
    load,
    plan.demand,
    plan.goals,
    plan.targets,
    plan.whatIf,
    plan.needs,
    plan.sponsor,
    plan.calculator,
    unmetSearches,
    steward,
    inbox,
    unmapped,
    trash,
    bulkChanges,
    duplicates,
    imports,
    importFile,
    settings,
    taxonomy,
    rules,
    weights,
    users,
    sight,
    tokens,
    audit,
    health,
    demo,
    lost,
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultErrorComponent: Broke,
    defaultNotFoundComponent: LostPage,
    defaultPreload: false,
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
