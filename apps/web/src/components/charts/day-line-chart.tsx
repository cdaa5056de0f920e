import { ActionIcon, Tooltip as Hint, Table } from '@mantine/core';
import { IconChartLine, IconTable, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatDay, formatDayShort } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';
import classes from './day-line-chart.module.css';
import { seriesSummary } from './series-summary.js';

interface DayLineChartProps {
  label: string;
  days: readonly string[];
  values: readonly (number | null)[];
  format: (value: number) => string;
  /** Days with a word each, drawn as dashed lines: where the model changed. */
  marks?: readonly { day: string; text: string }[];
  domain?: [number, number];
  /** Stretches of the value's axis with a colour each, drawn behind the line: the bands of a score. */
  zones?: readonly { from: number; to: number; color: string }[];
  color?: string;
  onRemove?: () => void;
}

/** One value a day as a line with gaps where it is not known, its twin as a table, and its summary in words. */
export function DayLineChart(props: DayLineChartProps) {
  const { label, days, values, format, marks = [], zones = [], domain, color = 'var(--accent)', onRemove } = props;
  const [asTable, setAsTable] = useState(false);
  const points = days.map((day, index) => ({ day, value: values[index] ?? null }));
  const newest = points.findLast((point) => point.value !== null);
  const whole = points.every(({ value }) => value === null || Number.isInteger(value));
  const borders = [...new Set(zones.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return (
    <figure className={classes.card} style={{ margin: 0 }}>
      <div className={classes.head}>
        <h3 className={classes.title}>{label}</h3>
        <span className={classes.now}>{newest?.value == null ? NONE : format(newest.value)}</span>
        <span className={classes.aside}>
          <Hint label={asTable ? 'Show as chart' : 'Show as table'}>
            <ActionIcon
              size={24}
              aria-label={asTable ? `Show ${label} as a chart` : `Show ${label} as a table`}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <IconChartLine size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
            </ActionIcon>
          </Hint>
          {onRemove ? (
            <ActionIcon size={24} aria-label={`Remove the chart ${label}`} onClick={onRemove}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          ) : null}
        </span>
      </div>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        <section className={classes.scroll} tabIndex={0} aria-label={`${label} as a table`}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Day</Table.Th>
                <Table.Th ta="right">{label}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.toReversed().map(({ day, value }) => (
                <Table.Tr key={day}>
                  <Table.Td>{formatDay(day)}</Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {value === null ? NONE : format(value)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ) : (
        <div aria-hidden style={{ height: 168 }}>
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 400, height: 168 }}>
            <LineChart data={points} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              {zones.map((zone) => (
                <ReferenceArea
                  key={zone.from}
                  y1={zone.from}
                  y2={zone.to}
                  fill={zone.color}
                  fillOpacity={0.09}
                  strokeOpacity={0}
                  ifOverflow="hidden"
                />
              ))}
              <XAxis
                dataKey="day"
                tickFormatter={formatDayShort}
                minTickGap={44}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={{ stroke: 'var(--line-strong)' }}
                tickLine={false}
              />
              <YAxis
                width={48}
                domain={domain ?? ['auto', 'auto']}
                tickFormatter={(value: number) => format(value)}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={false}
                tickLine={false}
                tickCount={4}
                ticks={borders.length > 0 ? borders : undefined}
                allowDecimals={!whole}
              />
              <Tooltip
                isAnimationActive={false}
                content={({ active, payload }) => {
                  const point = payload?.[0]?.payload as { day: string; value: number | null } | undefined;
                  if (!active || point === undefined) return null;
                  const mark = marks.find(({ day }) => day === point.day);
                  return (
                    <div className={classes.tooltip}>
                      <strong>{point.value === null ? NONE : format(point.value)}</strong> · {formatDay(point.day)}
                      {mark ? <div>{mark.text}</div> : null}
                    </div>
                  );
                }}
              />
              {marks.map((mark) => (
                <ReferenceLine
                  key={mark.day}
                  x={mark.day}
                  stroke="var(--text-dim)"
                  strokeDasharray="3 3"
                  label={{ value: mark.text, position: 'insideTopRight', fontSize: 10, fill: 'var(--text-dim)' }}
                />
              ))}
              <Line
                type="linear"
                dataKey="value"
                stroke={color}
                strokeWidth={1.8}
                dot={false}
                connectNulls={false}
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        </div>
      )}
      <figcaption className={classes.summary}>{seriesSummary(label, days, values, format)}</figcaption>
    </figure>
  );
}
