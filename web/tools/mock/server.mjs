// Serves dist with the content security policy of the real server and canned answers of the API,
// for looking at pages without it: npm run build, then npm run mock. PORT chooses the port.
// Roles come with the address: /?as=owner,program once, kept in a cookie.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import * as data from "./data.mjs";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const page = (items) => ({ items, total: items.length, next_cursor: null });
const problem = (status, code, detail, extra = {}) => ({
  status,
  body: { type: "about:blank", title: code.replaceAll("_", " "), status, code, detail, ...extra },
});
const ok = (body) => ({ status: 200, body });
const byId = (list, id) => {
  const found = list.find((one) => one.id === id);
  return found ? ok(found) : problem(404, "not_found", "");
};
const has = (row, q) => !q || JSON.stringify(row).toLowerCase().includes(q.toLowerCase());

function answer(method, path, query, body, roles) {
  const [, kind, id, step] = path.split("/");
  const q = query.get("q");
  const to = `${method} ${kind}${id ? "/:id" : ""}${step ? `/${step}` : ""}`;
  switch (to) {
    case "GET setup":
      return ok({ needed: roles[0] === "nobody-yet" });
    case "GET session":
      return roles[0] === "none" || roles[0] === "nobody-yet"
        ? problem(401, "not_signed_in", "")
        : ok(data.session(roles));
    case "POST session":
      return body.password === "wrong" ? problem(401, "sign_in_failed", "") : ok(data.session(["seller"]));
    case "POST setup":
      return ok(data.session(["admin", "program"]));
    case "GET opportunities":
      return ok(
        page(
          data.opportunities.filter(
            (one) => has(one, q) && (query.get("without_reference") !== "true" || !one.has_reference),
          ),
        ),
      );
    case "GET opportunities/:id":
      return byId(data.opportunities, id);
    case "GET opportunities/:id/matches":
      return ok(data.matchAnswer({}));
    case "POST matches":
      return ok(
        data.matchAnswer({ text: body.text, zero: body.text === "nothing", relax: Boolean(body.text) }),
      );
    case "GET advocates":
      return ok(
        page(
          data.advocateRows.filter(
            (one) => has(one, q) && (!query.get("status") || one.status === query.get("status")),
          ),
        ),
      );
    case "GET advocates/:id":
      return byId(data.advocates, id);
    case "PATCH advocates/:id":
      return problem(412, "stale_version", "", { current: data.advocates[0] });
    case "POST advocates":
      return ok(data.advocates[6]);
    case "GET accounts":
      return ok(page(data.accounts.filter((one) => has(one, q))));
    case "GET accounts/:id":
      return byId(data.accounts, id);
    case "GET contacts":
      return ok(
        page(
          data.advocates.slice(0, 2).map((one) => ({
            id: one.contact_id,
            version: 1,
            account: one.account,
            name: one.name_masked ? null : one.display_name,
            title: one.title,
            email: null,
            phone: null,
            masked: true,
          })),
        ),
      );
    case "GET requests":
      return ok(
        page(data.requests.filter((one) => !query.get("status") || one.status === query.get("status"))),
      );
    case "GET requests/:id":
      return byId(data.requests, id);
    case "POST requests":
      return body.advocates?.[0] === data.advocates[4].id
        ? problem(409, "no_use_left", "", {
            next_free: "2026-12-03",
            alternatives: [
              {
                advocate_id: data.advocates[1].id,
                title: "VP Operations",
                account_name: "Northlake Clinics",
              },
            ],
          })
        : ok(
            data.request(
              5,
              data.opportunities[0],
              body.advocates
                ? [
                    data.candidate(
                      9,
                      data.advocates.find((one) => one.id === body.advocates[0]),
                      "owner_asked",
                    ),
                  ]
                : [],
            ),
          );
    case "GET approvals":
      return ok(page(data.approvals));
    case "POST candidates/:id/approve":
    case "POST candidates/:id/decline":
      return ok(data.approvals[0].candidate);
    case "POST candidates/:id/link":
      return ok({ url: "http://127.0.0.1:4400/answer/q7Zr2kXw", expires_at: "2026-12-06T12:00:00Z" });
    case "GET answers/:id":
      return id === "used"
        ? problem(410, "link_used", "")
        : ok({
            ...data.answer,
            purpose: id === "debrief" ? "debrief" : "ask",
            state: id === "expired" ? "expired" : "open",
          });
    case "POST answers/:id":
      return ok({ ...data.answer, state: "answered" });
    case "GET inbox":
      return ok(query.get("unread") ? { ...page([]), total: 2 } : page(data.inbox));
    case "GET metrics/:id":
      return ok(data.leveraging(query.get("by") ?? "month"));
    case "GET metrics/:id/deals":
      return ok(page(data.deals));
    case "PATCH metrics/:id/goal":
      return ok(body);
    case "GET facets":
      return ok(data.facets);
    case "GET terms":
      return ok(data.terms);
    case "GET unmapped":
      return ok(page(data.unmapped));
    default:
      return path.endsWith("/timeline")
        ? ok(page(data.timeline))
        : method === "GET"
          ? problem(404, "not_found", "")
          : { status: 204 };
  }
}

function serveFile(path, response) {
  const file = normalize(join(dist, path));
  const found =
    file.startsWith(dist) && existsSync(file) && statSync(file).isFile() ? file : join(dist, "index.html");
  response.setHeader("Content-Type", types[extname(found)] ?? "application/octet-stream");
  createReadStream(found).pipe(response);
}

export const server = createServer(async (incoming, response) => {
  const url = new URL(incoming.url ?? "/", "http://mock");
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  const as = url.searchParams.get("as");
  if (as) response.setHeader("Set-Cookie", `as=${as}; Path=/`);
  if (!url.pathname.startsWith("/api/v1/")) return serveFile(url.pathname, response);
  let written = "";
  for await (const part of incoming) written += part;
  const roles = /as=([\w,-]+)/.exec(incoming.headers.cookie ?? "")?.[1]?.split(",") ?? ["seller"];
  const { status, body } = answer(
    incoming.method,
    url.pathname.slice("/api/v1".length),
    url.searchParams,
    written ? JSON.parse(written) : {},
    roles,
  );
  response.statusCode = status;
  response.setHeader("Content-Type", status >= 400 ? "application/problem+json" : "application/json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 4400);
  server.listen(port, "127.0.0.1", () =>
    console.log(`http://127.0.0.1:${port}  (add ?as=seller, owner, program, none, nobody-yet)`),
  );
}
