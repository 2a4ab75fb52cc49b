import { notifications } from "@mantine/notifications";

/** Says that something worked; goes away by itself. */
export function notifyDone(title: string, message?: string) {
  notifications.show({
    title,
    message: message ?? null,
    color: "accent",
    withBorder: true,
    autoClose: 6_000,
  });
}
