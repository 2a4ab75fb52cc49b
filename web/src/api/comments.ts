//! What colleagues write to each other on a record.

import { body, client, done } from "./client";
import { pages } from "./queries";
import type { Comment, WriteComment } from "./types";

/** The kinds of record that take comments. */
export type Commented = "account" | "contact" | "advocate" | "opportunity" | "request" | "content";

export const commentsQuery = (record_kind: Commented, record_id: string) =>
  pages(["comments", record_kind, record_id], (cursor) =>
    body(
      client.GET("/api/v1/comments", { params: { query: { record_kind, record_id, cursor, limit: 20 } } }),
    ),
  );

export const writeComment = (input: WriteComment, key: string) =>
  body(client.POST("/api/v1/comments", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const removeComment = ({ id }: Pick<Comment, "id">) =>
  done(client.DELETE("/api/v1/comments/{id}", { params: { path: { id } } }));

export const putBackComment = ({ id }: Pick<Comment, "id">) =>
  done(client.POST("/api/v1/comments/{id}/put-back", { params: { path: { id } } }));
