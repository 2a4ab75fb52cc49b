import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { sessionQuery } from "../api/queries";
import { sessionEnded } from "../api/session-ended";
import type { Session } from "../api/types";
import { SessionProvider } from "../parts/session";
import { kindOfAddress } from "../paths/kind-of-address";
import { paths } from "../paths/paths";
import type { NewSheet } from "../paths/schemas";
import { spoken } from "../text/catalogue";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { OpenHelp } from "../ui/help";
import { HiddenHelp, Loading } from "../ui/states";
import { useKeys } from "../ui/use-keys";
import { watchFields } from "./last-field";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { StateBars } from "./StateBars";
import { TopBar } from "./TopBar";

const KeySheet = lazy(() => spoken(import("./KeySheet")).then((module) => ({ default: module.KeySheet })));
const SignInOver = lazy(() =>
  spoken(import("./SignInOver")).then((module) => ({ default: module.SignInOver })),
);
const ViewingBanner = lazy(() =>
  spoken(import("./ViewingBanner")).then((module) => ({ default: module.ViewingBanner })),
);
const VisitBanner = lazy(() =>
  spoken(import("./VisitBanner")).then((module) => ({ default: module.VisitBanner })),
);
const NewSheets = lazy(() => spoken(import("./NewSheets")).then((module) => ({ default: module.NewSheets })));

/** The frame of every signed-in screen. */
export function Shell() {
  const { data } = useQuery(sessionQuery());
  if (!data) return <Loading />;
  return (
    <SessionProvider session={data}>
      <Frame session={data} />
    </SessionProvider>
  );
}

function Frame({ session }: { session: Session }) {
  const router = useRouter();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isKeySheetOpen, setKeySheetOpen] = useState(false);
  const sheet = useRouterState({ select: (state) => (state.location.search as { new?: NewSheet }).new });
  const here = useRouterState({ select: (state) => state.location.pathname });
  const main = useFocusOnNavigation(here);
  const isOver = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.isOver);

  const openHelp = useCallback(() => setKeySheetOpen(true), []);

  useKeys({
    "?": openHelp,
    "/": (event) => {
      event.preventDefault();
      flushSync(() => setPaletteOpen(true));
    },
    f: () => void router.navigate({ href: paths.find() }),
    h: () => void router.navigate({ href: paths.home() }),
  });
  usePaletteKey(() => setPaletteOpen((open) => !open));
  useHelpKey(openHelp);

  return (
    <OpenHelp value={openHelp}>
      <div className={classes.frame}>
        <a href="#content" className={classes.skip}>
          {text("shell.skip")}
        </a>
        <Rail session={session} here={here} />
        <div className={classes.column}>
          <TopBar session={session} onSearch={() => setPaletteOpen(true)} onHelp={openHelp} />
          <StateBars />
          {session.viewing ? (
            <Suspense fallback={null}>
              <ViewingBanner session={session} viewing={session.viewing} />
            </Suspense>
          ) : null}
          {session.is_visit ? (
            <Suspense fallback={null}>
              <VisitBanner session={session} />
            </Suspense>
          ) : session.is_demo || !session.mail_configured ? (
            <section className={classes.banner} aria-label={text("shell.notice")}>
              {[
                session.is_demo ? text("shell.demo") : null,
                session.mail_configured ? null : text("shell.no_mail"),
              ]
                .filter(Boolean)
                .join(" ")}
            </section>
          ) : null}
          <main id="content" ref={main} tabIndex={-1} className={classes.main}>
            <HiddenHelp value={<WhyHidden here={here} />}>
              <Suspense fallback={<Loading />}>
                <Outlet />
              </Suspense>
            </HiddenHelp>
          </main>
        </div>
        <Suspense fallback={null}>
          {isPaletteOpen ? <Palette session={session} onClose={() => setPaletteOpen(false)} /> : null}
          {isKeySheetOpen ? <KeySheet onClose={() => setKeySheetOpen(false)} /> : null}
          {sheet ? <NewSheets sheet={sheet} here={here} /> : null}
          {isOver ? <SignInOver session={session} /> : null}
        </Suspense>
      </div>
    </OpenHelp>
  );
}

/** The rules that hide something, for the kind of record that this page is about. */
function WhyHidden({ here }: { here: string }) {
  return (
    <AppLink href={paths.sight({ about: kindOfAddress(here) ?? "screen" })}>
      {text("state.why_hidden")}
    </AppLink>
  );
}

/** A new page starts at its content for those who read by ear or keyboard. */
function useFocusOnNavigation(here: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(here);
  useEffect(() => {
    if (last.current === here) return;
    last.current = here;
    main.current?.focus({ preventScroll: true });
  }, [here]);
  return main;
}

/** F1 helps also where `?` is a letter that somebody types. */
function useHelpKey(open: () => void) {
  useEffect(watchFields, []);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F1") return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Ctrl or Cmd with K works everywhere, also while typing. */
function usePaletteKey(toggle: () => void) {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      flushSync(() => latest.current());
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
