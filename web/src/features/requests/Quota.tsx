import "../../text/asks";
import { useElementSize } from "@mantine/hooks";
import type { QuotaDay, Request } from "../../api/types";
import { daysUntil, formatDay } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import chart from "../../ui/chart/chart.module.css";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";

const HEIGHT = 200;
const PAD = { top: 12, right: 16, bottom: 28, left: 36 };

/** How many are still missing, day by day, against the even pace to the need-by. */
export function Quota({ request, days }: { request: Request; days: readonly QuotaDay[] }) {
  const { today } = useSession();
  const last = days.at(-1);
  if (!last) return null;
  const left = daysUntil(request.need_by, today);
  return (
    <Section title={text("asks.quota.title")}>
      <p aria-live="polite">
        {text("asks.quota.sentence", { accepted: last.accepted, wanted: request.wanted, asked: last.asked })}{" "}
        {request.closed_at === null && left >= 0 ? text("asks.quota.left", { count: left }) : null}
      </p>
      <BurnDown request={request} days={days} />
      <DataTable
        isCards
        caption={text("asks.quota.caption")}
        columns={columns()}
        rows={[...days].reverse()}
        rowKey={(day) => day.on}
      />
    </Section>
  );
}

const columns = (): Column<QuotaDay>[] => [
  { key: "on", label: text("asks.quota.on"), cell: (day) => formatDay(day.on) },
  { key: "asked", label: text("asks.quota.asked"), align: "right", cell: (day) => day.asked },
  { key: "accepted", label: text("asks.quota.accepted"), align: "right", cell: (day) => day.accepted },
  { key: "done", label: text("asks.quota.done"), align: "right", cell: (day) => day.done },
];

function BurnDown({ request, days }: { request: Request; days: readonly QuotaDay[] }) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(measured, 260);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const end = request.need_by > last.on ? request.need_by : last.on;
  const whole = Math.max(1, daysUntil(end, first.on));
  const x = (on: string) => PAD.left + (daysUntil(on, first.on) / whole) * (width - PAD.left - PAD.right);
  const y = (missing: number) =>
    HEIGHT - PAD.bottom - (missing / request.wanted) * (HEIGHT - PAD.top - PAD.bottom);
  const missing = (day: QuotaDay) => Math.max(0, request.wanted - day.accepted);
  // What changed on a day changed at once: steps, not slopes.
  const steps = days.flatMap((day, place) => {
    const before = days[place - 1];
    const at = x(day.on);
    return before
      ? [`${at},${y(missing(before))}`, `${at},${y(missing(day))}`]
      : [`${at},${y(missing(day))}`];
  });
  return (
    <div ref={ref} className={chart.line}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={text("asks.quota.chart", { missing: missing(last) })}
      >
        {[0, request.wanted].map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={width - PAD.right} y1={y(tick)} y2={y(tick)} className={chart.grid} />
            <text x={PAD.left - 8} y={y(tick) + 4} textAnchor="end" className={chart.axis}>
              {tick}
            </text>
          </g>
        ))}
        <text x={PAD.left} y={HEIGHT - 8} className={chart.axis}>
          {formatDay(first.on)}
        </text>
        <text x={width - PAD.right} y={HEIGHT - 8} textAnchor="end" className={chart.axis}>
          {formatDay(end)}
        </text>
        <line
          x1={x(first.on)}
          y1={y(request.wanted)}
          x2={x(request.need_by)}
          y2={y(0)}
          className={chart.goal}
        />
        <polyline points={steps.join(" ")} className={chart.curve} />
      </svg>
    </div>
  );
}
