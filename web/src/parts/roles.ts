//! The roles in the order in which they are offered.

import type { Role } from "../api/types";

export const ROLES: readonly Role[] = [
  "seller",
  "owner",
  "stakeholder",
  "program",
  "executive",
  "admin",
  "privacy",
];
