import { Button, Menu } from "@mantine/core";
import type { Notice, UpdateKind } from "../../api/types";
import { text } from "../../text/text";

interface Props {
  row: Notice;
  isSaving: boolean;
  onRecord: () => void;
  onKind: (kind: UpdateKind) => void;
}

/** Mutes an update's record, or every update of its kind; what is muted speaks again in one press. */
export function MuteChoice({ row, isSaving, onRecord, onKind }: Props) {
  const kind = row.update_kind;
  const button = (act?: () => void) => (
    <Button size="xs" variant="default" disabled={isSaving} onClick={act}>
      {text(row.is_muted ? "inbox.unmute" : "inbox.mute")}
    </Button>
  );
  if (row.is_muted || !kind) return button(onRecord);
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>{button()}</Menu.Target>
      <Menu.Dropdown aria-label={text("inbox.mute_what")}>
        <Menu.Item onClick={onRecord}>{text("inbox.mute_record")}</Menu.Item>
        <Menu.Item onClick={() => onKind(kind)}>
          {text("inbox.mute_kind", { kind: text(`inbox.kinds.${kind}`) })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
