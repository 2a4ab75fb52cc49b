import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { exportList } from "../../api/list-queries";
import { sayProblem } from "../../api/problem";
import type { ListChoice } from "../../api/queries";
import type { ListKind } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { saveFile } from "../../ui/chart/csv";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { useSession } from "../session";

interface Props {
  list: ListKind;
  choice: ListChoice;
  /** Rows that the list shows in all, where that is known. */
  total: number | undefined;
}

/** The list as a file: the same records in the same order, with their number said. */
export function ExportMenu({ list, choice, total }: Props) {
  const { today } = useSession();
  const exporting = useMutation({
    mutationFn: (format: "csv" | "jsonl") => exportList(list, choice, format),
    onSuccess: ({ file, rows }, format) => {
      saveFile(file, `${list}-${today}.${format}`);
      const isFewer = total !== undefined && rows < total;
      notifyDone(
        text("export.done", { count: rows }),
        isFewer ? text("export.fewer", { total: formatNumber(total) }) : text("export.all"),
      );
    },
    onError: (error) => notifyFailed(text("export.failed"), sayProblem(error).title),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={exporting.isPending}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          {text("export.open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["csv", "jsonl"] as const).map((format) => (
          <Menu.Item key={format} onClick={() => exporting.mutate(format)}>
            {text(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
