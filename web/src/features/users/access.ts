//! Whether a colleague can sign in.

import type { User } from "../../api/types";

export const STATES = ["on", "no_password", "off"] as const;
export type UserState = (typeof STATES)[number];

/** What a colleague's access is: whoever never had a password never signed in. */
export function stateOf(user: User): UserState {
  if (!user.is_active) return "off";
  return user.can_sign_in ? "on" : "no_password";
}
