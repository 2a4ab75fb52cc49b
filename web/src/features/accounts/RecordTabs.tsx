import { canDelete, canReadContacts, useSession } from "../../parts/session";
import { type TabLink, TabLinks } from "../../parts/TabLinks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";

/** Customers and the people there. */
export function RecordTabs() {
  const session = useSession();
  const tabs: TabLink[] = [{ href: paths.accounts(), label: text("accounts.title") }];
  if (canReadContacts(session)) tabs.push({ href: paths.contacts(), label: text("accounts.people") });
  if (canDelete(session)) tabs.push({ href: paths.trash(), label: text("accounts.trash") });
  return <TabLinks label={text("accounts.title")} tabs={tabs} />;
}
