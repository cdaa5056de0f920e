import { ActionIcon, Tooltip as Hint, Table } from '@mantine/core';
import type { GoalDetail } from '@steward/shared/goals';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { daysBetween, formatDay, formatDayShort } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import classes from '../charts/day-line-chart.module.css';
import { seriesSummary } from '../charts/series-summary.js';
import { type GoalPoint, goalPoints, lineAt } from './straight-line.js';

interface GoalChartProps {
  goal: GoalDetail;
  /** What is measured, by name. */
  label: string;
}

/** The measured value a day since the start, beside the straight line to the target. */
export function GoalChart({ goal, label }: GoalChartProps) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const [asTable, setAsTable] = useState(false);
  const format = (value: number) => formatSignal(value, goal.unit, currency);
  const points = goalPoints(goal);
  const first = points[0]?.day ?? goal.startDay;
  // Days have their true distance: the due day may be far from the last measured one.
  const placed = points.map((point) => ({ ...point, at: daysBetween(first, point.day) }));
  const dayAt = (at: number) => placed.find((point) => point.at === at)?.day;
  const now = lineAt(goal, today);
  return (
    <figure className={classes.card} style={{ margin: 0 }}>
      <div className={classes.head}>
        <h4 className={classes.title}>{label}</h4>
        <span className={classes.now}>{goal.value === null ? NONE : format(goal.value)}</span>
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
        </span>
      </div>
      {asTable ? (
        <PointTable points={points} label={label} format={format} />
      ) : (
        <div aria-hidden style={{ height: 150 }}>
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 360, height: 150 }}>
            <LineChart data={placed} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis
                type="number"
                dataKey="at"
                domain={['dataMin', 'dataMax']}
                ticks={[placed[0]?.at ?? 0, placed.at(-1)?.at ?? 0]}
                interval={0}
                tickFormatter={(at: number) => formatDayShort(dayAt(at) ?? first)}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={{ stroke: 'var(--line-strong)' }}
                tickLine={false}
              />
              <YAxis
                width={52}
                domain={['auto', 'auto']}
                tickFormatter={format}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={false}
                tickLine={false}
                tickCount={4}
              />
              <Tooltip
                isAnimationActive={false}
                content={({ active, payload }) => {
                  const point = payload?.[0]?.payload as GoalPoint | undefined;
                  if (!active || point === undefined) return null;
                  return (
                    <div className={classes.tooltip}>
                      <strong>{point.value === null ? NONE : format(point.value)}</strong> · {formatDay(point.day)}
                      {point.line === null ? null : <div>straight line: {format(rounded(point.line))}</div>}
                    </div>
                  );
                }}
              />
              {goal.target.kind === 'signal' ? (
                <ReferenceLine y={goal.target.value} stroke="var(--band-healthy)" ifOverflow="extendDomain" />
              ) : null}
              <Line
                type="linear"
                dataKey="line"
                stroke="var(--text-dim)"
                strokeDasharray="4 4"
                strokeWidth={1.2}
                dot={false}
                connectNulls
                isAnimationActive={false}
              />
              <Line
                type="linear"
                dataKey="value"
                stroke="var(--accent)"
                strokeWidth={1.8}
                dot={points.filter(({ value }) => value !== null).length === 1}
                connectNulls={false}
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        </div>
      )}
      <figcaption className={classes.summary}>
        {seriesSummary(
          label,
          points.map(({ day }) => day),
          points.map(({ value }) => value),
          format,
        )}
        {now === null ? null : ` The straight line stands at ${format(rounded(now))} today.`}
      </figcaption>
    </figure>
  );
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

interface PointTableProps {
  points: readonly GoalPoint[];
  label: string;
  format: (value: number) => string;
}

function PointTable({ points, label, format }: PointTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`${label} as a table`}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            <Table.Th ta="right">{label}</Table.Th>
            <Table.Th ta="right">Straight line</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.toReversed().map(({ day, value, line }) => (
            <Table.Tr key={day}>
              <Table.Td>{formatDay(day)}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {value === null ? NONE : format(value)}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {line === null ? NONE : format(rounded(line))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
