import { IconMapPinOff } from "@tabler/icons-react";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { Empty } from "../ui/states";

/** An address that leads nowhere. */
export function LostPage() {
  return (
    <Empty
      isPage
      icon={<IconMapPinOff />}
      title={text("shell.lost_title")}
      why={text("shell.lost_why")}
      next={<AppLink href={paths.home()}>{text("shell.lost_next")}</AppLink>}
    />
  );
}
