import { Button, Group, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { text } from "../text/text";

/** Stands beside what was changed and not saved: another page, Back and a reload ask first. */
export function AskBeforeLeaving() {
  const leaving = useBlocker({
    // Within one page a form stays where it is.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: true,
    withResolver: true,
  });
  if (leaving.status !== "blocked") return null;
  return (
    <Modal
      opened
      onClose={leaving.reset}
      title={text("typed.ask_page")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Group gap="xs">
        <Button data-autofocus onClick={leaving.reset}>
          {text("typed.stay")}
        </Button>
        <Button variant="default" onClick={leaving.proceed}>
          {text("typed.leave")}
        </Button>
      </Group>
    </Modal>
  );
}
