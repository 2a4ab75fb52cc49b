//! Lists as files. Each is the list that the screen shows, to its end.

import { asProblem, client } from "./client";
import type { EventFilter, ListChoice, RequestFilter } from "./queries";
import type { DuplicateKind, ListKind, LoadList, LoadReport, StewardReason } from "./types";

export type ExportFormat = "csv" | "jsonl";

/** A file with the number of rows that the server said it holds. */
export interface Taken {
  file: Blob;
  rows: number;
}

interface Answer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

async function taken(asked: Promise<Answer>): Promise<Taken> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined) throw asProblem(error, response);
  return { file: data as Blob, rows: Number(response.headers.get("Goodword-Rows")) };
}

/** The lists of the load report. */
export type LoadListName = {
  [Name in keyof LoadReport]: LoadReport[Name] extends LoadList ? Name : never;
}[keyof LoadReport];

const parseAs = "blob";

export const exportList = (list: ListKind, choice: ListChoice, format: ExportFormat) =>
  taken(
    client.POST("/api/v1/exports/{kind}", {
      params: { path: { kind: list }, query: { ...choice, format } },
      parseAs,
    }),
  );

export const exportEvents = (filter: EventFilter, format: ExportFormat) =>
  taken(client.POST("/api/v1/events/export", { params: { query: { ...filter, format } }, parseAs }));

export const exportRequests = (filter: RequestFilter, format: ExportFormat) =>
  taken(client.POST("/api/v1/requests/export", { params: { query: { ...filter, format } }, parseAs }));

export const exportLoad = (list: LoadListName, format: ExportFormat) =>
  taken(client.POST("/api/v1/load/export", { params: { query: { list, format } }, parseAs }));

export const exportSteward = (filter: { reason?: StewardReason; put_off?: boolean }, format: ExportFormat) =>
  taken(client.POST("/api/v1/steward/export", { params: { query: { ...filter, format } }, parseAs }));

export const exportDuplicates = (kind: DuplicateKind, format: ExportFormat) =>
  taken(client.POST("/api/v1/duplicates/export", { params: { query: { kind, format } }, parseAs }));
