import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload, IconPhoto } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { text } from "../../text/text";
import { Section } from "../Section";
import classes from "./chart.module.css";
import { type Cell, csvOf, saveFile } from "./csv";
import { savePicture } from "./picture";

interface Drawn {
  /** The finding, as one sentence. */
  title: string;
  /** Names the files that are saved. */
  name: string;
  /** The head and the rows of the file, the numbers unrounded. */
  rows: () => Cell[][];
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  table: ReactNode;
  /** Choices that change what is drawn. */
  aside?: ReactNode;
  children: ReactNode;
}

/** What is a table already needs no drawing. */
type Tabled = Omit<Drawn, "isTable" | "onTable" | "table"> & {
  isTable?: never;
  onTable?: never;
  table?: never;
};

type Props = Drawn | Tabled;

/** A chart under its finding: as a drawing or a table, as CSV and as a picture. */
export function ChartFrame(props: Props) {
  return (
    <Section title={props.title}>
      <ChartBody {...props} />
    </Section>
  );
}

/** The same as a part of a section that has its own heading. */
export function ChartBody({ title, name, rows, isTable, onTable, table, aside, children }: Props) {
  const chart = useRef<HTMLDivElement>(null);
  return (
    <>
      <div className={classes.tools}>
        {aside}
        {onTable ? (
          <SegmentedControl
            size="xs"
            aria-label={text("chart.as_table")}
            value={isTable ? "table" : "chart"}
            onChange={(view) => onTable(view === "table")}
            data={[
              { value: "chart", label: text("chart.as_chart") },
              { value: "table", label: text("chart.as_table") },
            ]}
          />
        ) : null}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={() => saveFile(new Blob([csvOf(rows())], { type: "text/csv" }), `${name}.csv`)}
        >
          {text("chart.csv")}
        </Button>
        {isTable ? null : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPhoto size={14} aria-hidden="true" />}
            onClick={() => chart.current && void savePicture(chart.current, title, `${name}.png`)}
          >
            {text("chart.png")}
          </Button>
        )}
      </div>
      {isTable ? table : <div ref={chart}>{children}</div>}
    </>
  );
}
