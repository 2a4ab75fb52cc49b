//! What people behind a signed link send; nobody of them signs in.

import { body, client, done } from "./client";
import type { GiveAnswer, PickSlot, SayHow } from "./types";

export const pickOffered = (token: string, input: PickSlot) =>
  body(client.POST("/api/v1/slots/{token}", { body: input, params: { path: { token } } }));

export const sayHow = (token: string, input: SayHow) =>
  body(client.POST("/api/v1/debriefs/{token}", { body: input, params: { path: { token } } }));

export const sendAnswer = (token: string, input: GiveAnswer) =>
  body(client.POST("/api/v1/answers/{token}", { body: input, params: { path: { token } } }));

export const beginView = (token: string) =>
  body(client.POST("/api/v1/shared/{token}/views", { params: { path: { token } } }));

export const finishView = (token: string, view: string) =>
  done(client.POST("/api/v1/shared/{token}/views/{view_id}", { params: { path: { token, view_id: view } } }));
