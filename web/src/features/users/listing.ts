//! Which colleagues stand in the list and in which order; worked out in the page, from all that were read.

import type { User } from "../../api/types";
import { locale } from "../../text/language";

export const STATES = ["on", "no_password", "off"] as const;
export type UserState = (typeof STATES)[number];

export type SortBy = "name" | "email" | "roles" | "state" | "team" | "manager";
export type Direction = "ascending" | "descending";

/** What a colleague's access is: whoever never had a password never signed in. */
export function stateOf(user: User): UserState {
  if (!user.is_active) return "off";
  return user.can_sign_in ? "on" : "no_password";
}

/** The teams that there are, by name. */
export function teamsOf(users: readonly User[]): string[] {
  return [...new Set(users.flatMap((user) => (user.team ? [user.team] : [])))].sort(byWords.compare);
}

const byWords = new Intl.Collator(locale, { numeric: true });

interface Asked {
  state?: UserState;
  team?: string;
  sort?: SortBy;
  direction?: Direction;
}

/** `roleName` says a role as the reader knows it. What is empty stands last, whichever way is sorted. */
export function listed(
  users: readonly User[],
  asked: Asked,
  roleName: (role: User["roles"][number]) => string,
) {
  const { state, team, sort = "name", direction = "ascending" } = asked;
  const word = (user: User): string => {
    switch (sort) {
      case "name":
        return user.name;
      case "email":
        return user.email ?? "";
      case "roles":
        return user.roles.map(roleName).join(", ");
      case "state":
        return String(STATES.indexOf(stateOf(user)));
      case "team":
        return user.team ?? "";
      case "manager":
        return user.manager_name ?? "";
    }
  };
  const way = direction === "ascending" ? 1 : -1;
  return users
    .filter((user) => (!state || stateOf(user) === state) && (!team || user.team === team))
    .map((user) => ({ user, word: word(user) }))
    .sort(
      (one, other) =>
        Number(one.word === "") - Number(other.word === "") ||
        way * byWords.compare(one.word, other.word) ||
        byWords.compare(one.user.name, other.user.name) ||
        byWords.compare(one.user.id, other.user.id),
    )
    .map(({ user }) => user);
}
