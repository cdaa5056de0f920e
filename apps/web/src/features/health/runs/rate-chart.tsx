import type { Estimate } from '@steward/shared/health-studio';
import type { ReactNode } from 'react';
import { ChartCard } from '../../../components/report/chart-card.js';
import { type ReportTable, textCell } from '../../../components/report/report-table.js';
import { formatNumber, formatPercent, NONE } from '../../../lib/format.js';
import parts from '../parts.module.css';
import { ratesWords, rateWords } from './run-words.js';
import classes from './runs.module.css';

export interface RateRow {
  key: string;
  label: string;
  /** Before the label, where it has one. */
  mark?: ReactNode;
  color: string;
  observations: number;
  accounts: number;
  events: number;
  rate: Estimate | null;
}

interface RateChartProps {
  title: string;
  means: string;
  /** What a row is: Band, Score. */
  of: string;
  rows: readonly RateRow[];
  day: string;
  wide?: boolean;
}

/** How often the outcome came, by row, each with its interval and its counts. */
export function RateChart({ title, means, of, rows, day, wide }: RateChartProps) {
  const most = Math.max(0.01, ...rows.map(({ rate }) => rate?.high ?? 0));
  const width = (share: number) => `${(share / most) * 100}%`;
  const isEmpty = rows.every(({ rate }) => rate === null);
  return (
    <ChartCard
      title={title}
      means={means}
      summary={ratesWords(rows)}
      table={tableOfRates(of, rows)}
      day={day}
      wide={wide}
      empty={isEmpty ? 'Nothing was observed in this time.' : undefined}
    >
      <ul className={classes.rates} aria-label={title}>
        {rows.map(({ key, label, mark, color, observations, events, rate }) => (
          <li key={key}>
            <span className={classes.rateLabel}>
              {mark}
              {label}
            </span>
            <span className={classes.rateTrack} aria-hidden>
              {rate === null ? null : (
                <>
                  <span className={classes.rateBar} style={{ width: width(rate.value), background: color }} />
                  <span
                    className={classes.rateRange}
                    style={{ left: width(rate.low), width: width(rate.high - rate.low) }}
                  />
                </>
              )}
            </span>
            <span className="tabular">{rateWords(rate)}</span>
            <span className={`${parts.dim} tabular`}>
              {formatNumber(events)} of {formatNumber(observations)}
            </span>
          </li>
        ))}
      </ul>
    </ChartCard>
  );
}

function tableOfRates(of: string, rows: readonly RateRow[]): ReportTable {
  const number = (value: number) => ({ text: formatNumber(value), plain: value });
  const percent = (value: number | undefined) =>
    value === undefined
      ? { text: NONE, plain: null }
      : { text: formatPercent(value * 100, 1), plain: Math.round(value * 10_000) / 100 };
  const figure = (label: string, unit?: string) => ({
    label,
    numeric: true,
    ...(unit ? { fileLabel: `${label} (${unit})` } : {}),
  });
  return {
    columns: [
      { label: of, numeric: false },
      figure('Rate', '%'),
      figure('from', '%'),
      figure('to', '%'),
      figure('With the outcome'),
      figure('Observations'),
      figure('Accounts'),
    ],
    rows: rows.map(({ key, label, rate, events, observations, accounts }) => ({
      key,
      cells: [
        textCell(label),
        percent(rate?.value),
        percent(rate?.low),
        percent(rate?.high),
        number(events),
        number(observations),
        number(accounts),
      ],
    })),
  };
}
