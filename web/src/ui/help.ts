import { createContext } from "react";

/** Opens the help on the field that somebody is in; nothing where nobody signed in. */
export const OpenHelp = createContext<(() => void) | null>(null);
