//! Going to the demo company beside the program, and back.

import { leaveDemoCompany, visitDemoCompany } from "../api/demo-company";
import type { Role } from "../api/types";
import { paths } from "../paths/paths";
import { useFreshStart } from "./use-fresh-start";

export const useVisit = () => useFreshStart((role: Role) => visitDemoCompany(role), paths.home());
export const useEndVisit = () => useFreshStart(() => leaveDemoCompany(), paths.demo());
