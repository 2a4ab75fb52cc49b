import { Menu } from "@mantine/core";
import { IconBookmark, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useRouter } from "@tanstack/react-router";
import { viewsQuery } from "../api/list-queries";
import type { ListView, Session } from "../api/types";
import { paths } from "../paths/paths";
import { readSearch, writeSearch } from "../paths/search";
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
        <PinnedViews />
        <p className={`meta ${classes.program}`}>{session.program_name}</p>
      </nav>
      <Bottom all={all} here={here} />
    </>
  );
}

function usePinned(): ListView[] {
  const views = useQuery(viewsQuery());
  return views.data?.filter((view) => view.is_pinned) ?? [];
}

/** The views that the reader pinned, each with its whole address. */
function PinnedViews() {
  const pinned = usePinned();
  const { pathname, searchStr } = useLocation();
  if (pinned.length === 0) return null;
  return (
    <section aria-label={text("views.pinned")}>
      <h2 className={classes.heading}>{text("views.pinned")}</h2>
      <ul className={classes.items}>
        {pinned.map((view) => {
          const href = paths.list(view.list, view.state);
          const isHere = href === pathname + writeSearch(readSearch(searchStr));
          return (
            <li key={view.id}>
              <AppLink href={href} className={classes.item} aria-current={isHere ? "page" : undefined}>
                <IconBookmark aria-hidden="true" />
                <span className="truncate">
                  <bdi>{view.name}</bdi>
                </span>
              </AppLink>
            </li>
          );
        })}
      </ul>
    </section>
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
  const pinned = usePinned();
  return (
    <nav className={classes.bottom} aria-label={text("shell.navigation")}>
      {main.map((item) => (
        <Item key={item.href} item={item} here={here} />
      ))}
      {rest.length > 0 ? (
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <button
              type="button"
              className={classes.item}
              aria-current={rest.some((item) => isAt(here, item.href)) ? "page" : undefined}
            >
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
            {pinned.map((view) => (
              <Menu.Item
                key={view.id}
                leftSection={<IconBookmark aria-hidden="true" />}
                onClick={() => void router.navigate({ href: paths.list(view.list, view.state) })}
              >
                <bdi>{view.name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </nav>
  );
}
