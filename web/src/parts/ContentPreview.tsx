import { Button } from "@mantine/core";
import { IconDownload, IconExternalLink } from "@tabler/icons-react";
import type { ContentFile } from "../api/types";
import { formatBytes } from "../format/format";
import { text } from "../text/text";
import { Empty } from "../ui/states";
import classes from "./ContentPreview.module.css";
import { isWebAddress } from "./web-address";

interface Props {
  title: string;
  body: string | null;
  url: string | null;
  file: ContentFile | null;
  /** Where the file is fetched from. */
  fileAddress: string;
}

/** Content as a reader sees it: its picture or clip, its words, its link. Documents are downloads. */
export function ContentPreview({ title, body, url, file, fileAddress }: Props) {
  const link = url && isWebAddress(url) ? url : null;
  if (!body && !link && !file)
    return <Empty title={text("content.nothing")} why={text("content.nothing_why")} />;
  const isPicture = file?.media_type.startsWith("image/") ?? false;
  const isVideo = file?.media_type.startsWith("video/") ?? false;
  return (
    <div className={classes.preview}>
      {file && isPicture ? <img className={classes.media} src={fileAddress} alt={title} /> : null}
      {file && isVideo ? (
        // biome-ignore lint/a11y/useMediaCaption: the clip is the customer's file; its words stand beside it
        <video
          className={classes.media}
          src={fileAddress}
          controls
          playsInline
          preload="metadata"
          aria-label={title}
        />
      ) : null}
      {body ? <p className={classes.body}>{body}</p> : null}
      {link || (file && !isPicture && !isVideo) ? (
        <div className={classes.ways}>
          {file && !isPicture && !isVideo ? (
            <Button component="a" href={fileAddress} download leftSection={<IconDownload size={16} />}>
              {text("content.download", { name: file.name, size: formatBytes(file.byte_count) })}
            </Button>
          ) : null}
          {link ? (
            <Button
              component="a"
              variant="default"
              href={link}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconExternalLink size={16} />}
            >
              {text("content.open_link")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
