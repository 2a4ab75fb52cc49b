import type { Session } from "../api/types";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { canReadAudit, canReadJobs, canReadSettings, useSession } from "./session";
import { type TabLink, TabLinks } from "./TabLinks";

/** The screens of the settings that a person may see: their own, the program's, the system's. */
export function settingsScreens(session: Session): TabLink[] {
  const tabs = [
    { href: paths.settings(), label: text("shell.settings_tab.mine"), isOffered: true },
    { href: paths.rules(), label: text("shell.settings_tab.rules"), isOffered: canReadSettings(session) },
    { href: paths.weights(), label: text("shell.settings_tab.weights"), isOffered: canReadSettings(session) },
    { href: paths.users(), label: text("shell.settings_tab.users"), isOffered: true },
    { href: paths.sight(), label: text("shell.settings_tab.sight"), isOffered: true },
    { href: paths.tokens(), label: text("shell.settings_tab.tokens"), isOffered: true },
    { href: paths.audit(), label: text("shell.settings_tab.audit"), isOffered: canReadAudit(session) },
    { href: paths.health(), label: text("shell.settings_tab.health"), isOffered: canReadJobs(session) },
    { href: paths.demo(), label: text("shell.settings_tab.demo"), isOffered: !session.is_demo },
  ];
  return tabs.filter((tab) => tab.isOffered);
}

/** The settings side by side. */
export function SettingsTabs() {
  return <TabLinks label={text("shell.settings")} tabs={settingsScreens(useSession())} />;
}
