import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { sessionEnded } from "../api/session-ended";
import type { Session } from "../api/types";
import { SignInForm } from "../parts/SignInForm";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import classes from "./KeySheet.module.css";

/** Sign-in over the page when the session ended, so that what was typed behind it stays. */
export function SignInOver({ session }: { session: Session }) {
  const cache = useQueryClient();
  const goOn = (next: Session) => {
    if (next.user.id !== session.user.id) {
      // Another person must not see what the first one read.
      window.location.assign(paths.home());
      return;
    }
    sessionEnded.resolve();
    void cache.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={text("session.over_title")}
      zIndex={1000}
    >
      <div className={classes.sheet}>
        <p>{text("session.over_detail")}</p>
        <SignInForm
          email={session.viewing ? undefined : (session.user.email ?? undefined)}
          onSignedIn={goOn}
        />
        <a href={paths.signIn()}>{text("session.leave")}</a>
      </div>
    </Modal>
  );
}
