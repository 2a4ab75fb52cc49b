//! One's own inbox, as the API answers about it.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client, done } from "./client";
import { PAGE_SIZE } from "./queries";
import type { ChooseDigest, InboxPart, NoticeClass, PlanAbsence, UpdateKind } from "./types";

export interface InboxAsk {
  part: InboxPart;
  class?: NoticeClass;
}

/** Page by page; each says beside its rows what waits in all. */
export const inboxPartQuery = (ask: InboxAsk) =>
  infiniteQueryOptions({
    queryKey: ["inbox", ask],
    queryFn: ({ pageParam }) =>
      body(
        client.GET("/api/v1/inbox", { params: { query: { ...ask, cursor: pageParam, limit: PAGE_SIZE } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

const at = (id: string) => ({ params: { path: { id } } });

export const markUnread = (id: string) => done(client.POST("/api/v1/inbox/{id}/unread", at(id)));

export const snooze = (id: string, until: string) =>
  done(client.PUT("/api/v1/inbox/{id}/snooze", { ...at(id), body: { until } }));

export const wake = (id: string) => done(client.DELETE("/api/v1/inbox/{id}/snooze", at(id)));

export const mute = (id: string) => done(client.PUT("/api/v1/inbox/{id}/mute", at(id)));

export const unmute = (id: string) => done(client.DELETE("/api/v1/inbox/{id}/mute", at(id)));

/** The kinds of update that the reader wants no more of. */
export const mutedKindsQuery = () =>
  queryOptions({
    queryKey: ["muted-kinds"],
    queryFn: () => body(client.GET("/api/v1/inbox/muted-kinds")),
  });

const ofKind = (kind: UpdateKind) => ({ params: { path: { kind } } });

export const muteKind = (kind: UpdateKind) =>
  done(client.PUT("/api/v1/inbox/muted-kinds/{kind}", ofKind(kind)));

export const unmuteKind = (kind: UpdateKind) =>
  done(client.DELETE("/api/v1/inbox/muted-kinds/{kind}", ofKind(kind)));

export const digestQuery = () =>
  queryOptions({ queryKey: ["digest"], queryFn: () => body(client.GET("/api/v1/inbox/digest")) });

export const chooseDigest = (choice: ChooseDigest) =>
  body(client.PUT("/api/v1/inbox/digest", { body: choice }));

/** When the reader is away, and who answers meanwhile. */
export const absenceQuery = () =>
  queryOptions({ queryKey: ["absence"], queryFn: () => body(client.GET("/api/v1/absence")) });

export const planAbsence = (plan: PlanAbsence) => body(client.PUT("/api/v1/absence", { body: plan }));

export const endAbsence = () => body(client.DELETE("/api/v1/absence"));
