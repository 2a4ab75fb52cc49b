import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import type { Session } from "../api/types";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { type Destination, destinations, isAt } from "./navigation";
import classes from "./Shell.module.css";

const BOTTOM_ITEMS_MAX = 4;

/** The left rail; on a phone the first screens as a bottom bar and the rest under More. */
export function Rail({ session, here }: { session: Session; here: string }) {
  const all = destinations(session);
  return (
    <>
      <nav className={classes.rail} aria-label={text("shell.navigation")}>
        <AppLink href={paths.home()} className={classes.brand}>
          <img src="/favicon.svg" width={22} height={22} alt="" />
          Goodword
        </AppLink>
        <ul className={classes.items}>
          {all.map((item) => (
            <li key={item.href}>
              <Item item={item} here={here} />
            </li>
          ))}
        </ul>
        <p className={`meta ${classes.program}`}>{session.program_name}</p>
      </nav>
      <Bottom all={all} here={here} />
    </>
  );
}

function Item({ item, here }: { item: Destination; here: string }) {
  return (
    <AppLink
      href={item.href}
      className={classes.item}
      aria-current={isAt(here, item.href) ? "page" : undefined}
    >
      {item.icon}
      <span className="truncate">{item.label}</span>
    </AppLink>
  );
}

function Bottom({ all, here }: { all: Destination[]; here: string }) {
  const router = useRouter();
  const main = all.filter((item) => item.isMain).slice(0, BOTTOM_ITEMS_MAX);
  const rest = all.filter((item) => !main.includes(item));
  return (
    <nav className={classes.bottom} aria-label={text("shell.navigation")}>
      {main.map((item) => (
        <Item key={item.href} item={item} here={here} />
      ))}
      {rest.length > 0 ? (
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <button type="button" className={classes.item}>
              <IconDots aria-hidden="true" />
              {text("shell.more")}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((item) => (
              <Menu.Item
                key={item.href}
                leftSection={item.icon}
                onClick={() => void router.navigate({ href: item.href })}
              >
                {item.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </nav>
  );
}
