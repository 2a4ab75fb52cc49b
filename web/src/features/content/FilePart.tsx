import { Button, FileButton, Progress } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Content } from "../../api/types";
import { FILE_BYTES_MAX, putContentFile } from "../../api/upload";
import { removeContentFile } from "../../api/writes";
import { formatBytes, formatShare } from "../../format/format";
import classes from "../../parts/form.module.css";
import { text } from "../../text/text";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";
import { useKeepContent } from "./keep";

const ACCEPTED = "application/pdf,image/png,image/jpeg,image/webp,video/mp4,video/webm";

/** The file of a story: put in, replaced, taken out. */
export function FilePart({ content }: { content: Content }) {
  const keep = useKeepContent();
  const [sent, setSent] = useState(0);
  const [isTooLarge, setTooLarge] = useState(false);
  const onSuccess = (saved: Content) => {
    keep(saved);
    notifyDone(text("content.file_saved"));
  };
  const putting = useMutation({
    mutationFn: (file: File) => putContentFile(content, file, setSent),
    onSuccess,
  });
  const pick = (file: File | null) => {
    if (!file) return;
    setTooLarge(file.size > FILE_BYTES_MAX);
    setSent(0);
    if (file.size <= FILE_BYTES_MAX) putting.mutate(file);
  };
  const words =
    sent < 1 ? text("content.file_sending", { percent: formatShare(sent) }) : text("content.file_cleaning");
  return (
    <Section title={text("content.file")}>
      <div className={classes.form}>
        <p className="soft">
          {content.file
            ? `${content.file.name}, ${formatBytes(content.file.byte_count)}`
            : text("content.file_hint")}
        </p>
        {putting.isPending ? (
          <div role="status">
            <span className="meta">{words}</span>
            <Progress value={sent * 100} aria-label={words} />
          </div>
        ) : null}
        {isTooLarge ? <p role="alert">{text("content.file_too_large")}</p> : null}
        <FormProblem error={putting.error} />
        <div className={classes.actions}>
          <FileButton accept={ACCEPTED} onChange={pick}>
            {(props) => (
              <Button variant="default" disabled={putting.isPending} {...props}>
                {text(content.file ? "content.file_replace" : "content.file_pick")}
              </Button>
            )}
          </FileButton>
          {content.file ? (
            <ConfirmButton
              label={text("content.file_remove")}
              disabled={putting.isPending}
              title={text("content.file_remove_ask", { name: content.file.name })}
              confirm={text("content.file_remove")}
              onConfirm={async () => onSuccess(await removeContentFile(content))}
            >
              <p>{text("content.file_remove_why")}</p>
            </ConfirmButton>
          ) : null}
        </div>
      </div>
    </Section>
  );
}
