import "../../text/asks";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { termsQuery } from "../../api/taxonomy-queries";
import type { ConsentChannel } from "../../api/types";
import { text } from "../../text/text";

const CHANNELS: readonly ConsentChannel[] = [
  "conversation",
  "website",
  "social_media",
  "mailing",
  "press",
  "event",
];

/** Through what and in which region; empty where it is left open. */
export interface There {
  channel: ConsentChannel | undefined;
  region: string;
}

interface Props {
  there: There;
  /** What stands for no limit. */
  open: { channel: string; region: string };
  error?: string | undefined;
  onChange: (there: There) => void;
}

export function Whereabouts({ there, open, error, onChange }: Props) {
  const regions = useQuery(termsQuery("region"));
  const offered = (regions.data ?? []).filter((term) => !term.retired);
  return (
    <>
      <NativeSelect
        label={text("asks.there.channel")}
        value={there.channel ?? ""}
        onChange={(event) =>
          onChange({ ...there, channel: CHANNELS.find((one) => one === event.currentTarget.value) })
        }
        data={[
          { value: "", label: open.channel },
          ...CHANNELS.map((one) => ({ value: one, label: text(`asks.there.channels.${one}`) })),
        ]}
      />
      <NativeSelect
        label={text("asks.there.region")}
        value={there.region}
        error={error}
        onChange={(event) => onChange({ ...there, region: event.currentTarget.value })}
        data={[
          { value: "", label: open.region },
          ...offered.map((term) => ({ value: term.id, label: term.name })),
        ]}
      />
    </>
  );
}
