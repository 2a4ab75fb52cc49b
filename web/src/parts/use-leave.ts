import { signOut, signOutEverywhere } from "../api/writes";
import { paths } from "../paths/paths";
import { useFreshStart } from "./use-fresh-start";

/** Ends the session here or everywhere, and forgets everything that was read with it. */
export const useLeave = () =>
  useFreshStart(
    (where: "here" | "everywhere") => (where === "here" ? signOut() : signOutEverywhere()),
    paths.signIn(),
  );
