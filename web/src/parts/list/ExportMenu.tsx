import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ExportFormat, Taken } from "../../api/exports";
import { sayProblem } from "../../api/problem";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { saveFile } from "../../ui/chart/csv";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { useSession } from "../session";

interface Props {
  /** What the file is called, before its day. */
  name: string;
  take: (format: ExportFormat) => Promise<Taken>;
  /** Rows that the list shows in all, where that is known. */
  total: number | undefined;
}

/** What a list shows as a file: the same rows in the same order, with their number said. */
export function ExportMenu({ name, take, total }: Props) {
  const { today } = useSession();
  const exporting = useMutation({
    mutationFn: take,
    onSuccess: ({ file, rows }, format) => {
      saveFile(file, `${name}-${today}.${format}`);
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
