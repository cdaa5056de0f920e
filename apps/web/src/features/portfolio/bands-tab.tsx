import { SegmentedControl } from '@mantine/core';
import type { BandMovement } from '@steward/shared/portfolio';
import { bandMoveBehind } from '@steward/shared/portfolio-behind';
import type { BandOrNone } from '@steward/shared/report-parts';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { CardError, ChartSkeleton } from '../../components/report/chart-card.js';
import { doorOf } from '../../components/report/door.js';
import { DoorLink } from '../../components/report/door-link.js';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportGrid } from '../../components/report/report-page.js';
import { TableCard } from '../../components/report/table-card.js';
import { useRovingMarks } from '../../components/report/use-roving-marks.js';
import { BandShape } from '../../components/ui/band.js';
import { DayInput } from '../../components/ui/day-input.js';
import { addDays, formatDay, isIsoDay } from '../../lib/days.js';
import { formatMoneyCompact, formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import {
  bandTitle,
  cellOf,
  directionOf,
  isEmptyMatrix,
  MATRIX_BANDS,
  movementTable,
  movementWords,
  moveWords,
} from './band-matrix.js';
import classes from './bands-tab.module.css';
import { bandMovementQuery } from './get-portfolio.js';
import type { TabProps } from './portfolio-question.js';

const SPANS = [7, 30, 90] as const;
const dayOf = (text: string | undefined): string | undefined => (isIsoDay(text) ? text : undefined);

/** Who got better and who got worse between two days. */
export function BandsTab(props: TabProps) {
  const { question, role, search, set } = props;
  const { today } = useMe().workspace;
  const newest = question.asOf ?? today;
  const asked = { fromDay: dayOf(search.fromDay), toDay: dayOf(search.toDay) };
  const { data, error, isPlaceholderData, refetch } = useQuery(bandMovementQuery(props, asked));
  if (error) {
    return (
      <ReportGrid>
        <CardError title="Band movement" error={error} wide onRetry={() => void refetch()} />
      </ReportGrid>
    );
  }
  if (data === undefined) {
    return (
      <ReportGrid>
        <ChartSkeleton wide height={400} />
      </ReportGrid>
    );
  }
  const { fromDay, toDay, known } = data;
  const days = (
    <span className={classes.days}>
      <SegmentedControl
        aria-label="Since when"
        data={[
          { value: '', label: 'Month’s end' },
          ...SPANS.map((span) => ({ value: String(span), label: `${span} d` })),
          ...(spanOf(asked, newest) === 'own' ? [{ value: 'own', label: 'Own days' }] : []),
        ]}
        value={spanOf(asked, newest)}
        onChange={(span) => {
          if (span === 'own') return;
          set({ fromDay: span === '' ? undefined : addDays(newest, -Number(span)), toDay: undefined });
        }}
      />
      <DayInput
        w={136}
        aria-label="From the day"
        value={fromDay}
        max={toDay}
        onChange={(day) => day !== null && set({ fromDay: day, toDay: asked.toDay })}
      />
      to
      <DayInput
        w={136}
        aria-label="To the day"
        value={toDay}
        min={fromDay}
        max={newest}
        onChange={(day) => day !== null && set({ fromDay, toDay: day })}
      />
    </span>
  );
  const missing = [known.from ? [] : [fromDay], known.to ? [] : [toDay]].flat();
  const empty =
    missing.length > 0
      ? `Nothing was put down on ${missing.map(formatDay).join(' and ')}: choose another day.`
      : isEmptyMatrix(data)
        ? 'No live accounts on either day.'
        : undefined;
  if (missing.length === 0 && isEmptyMatrix(data) && asked.fromDay === undefined && asked.toDay === undefined) {
    return <ReportEmpty question={question} what="live account" onChange={set} />;
  }
  return (
    <ReportGrid stale={isPlaceholderData}>
      <TableCard
        title="Band movement"
        means={`From the band on ${formatDay(fromDay)} (rows) to the band on ${formatDay(toDay)} (columns). Every cell opens its accounts.`}
        summary={movementWords(data)}
        table={movementTable(data)}
        day={toDay}
        tools={days}
        empty={empty}
      >
        <Sums data={data} />
        <Matrix data={data} page={{ filters: question, role, fromDay, toDay, live: data.live }} />
      </TableCard>
    </ReportGrid>
  );
}

function spanOf({ fromDay, toDay }: { fromDay?: string; toDay?: string }, newest: string): string {
  if (fromDay === undefined && toDay === undefined) return '';
  const span = SPANS.find((each) => toDay === undefined && fromDay === addDays(newest, -each));
  return span === undefined ? 'own' : String(span);
}

function Sums({ data: { better, worse, same, currency } }: { data: BandMovement }) {
  const lines = [
    { key: 'better', words: '▲ better', sum: better },
    { key: 'worse', words: '▼ worse', sum: worse },
    { key: 'same', words: 'in the same band', sum: same },
  ] as const;
  return (
    <ul className={classes.sums}>
      {lines.map(({ key, words, sum }) => (
        <li key={key} className={key === 'same' ? undefined : classes[key]}>
          <strong className="tabular">{formatNumber(sum.accounts)}</strong>
          {words} <span className={classes.dim}>{formatMoneyCompact(sum.arrMinor, currency)}</span>
        </li>
      ))}
    </ul>
  );
}

interface MatrixProps {
  data: BandMovement;
  page: Parameters<typeof bandMoveBehind>[0];
}

function Matrix({ data, page }: MatrixProps) {
  const area = useRef<HTMLTableElement>(null);
  const onKeyDown = useRovingMarks(area);
  const most = Math.max(
    1,
    ...data.cells.filter(({ from, to }) => directionOf(from, to) !== 'same').map(({ accounts }) => accounts),
  );
  const label = (band: BandOrNone, side: 'from' | 'to') => (
    <span className={classes.label}>
      {band === 'none' ? null : <BandShape band={band} />}
      {bandTitle(band, side)}
    </span>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Band movement: arrow keys go from cell to cell">
      <table ref={area} className={classes.matrix} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {formatDay(data.fromDay)} → {formatDay(data.toDay)}
            </th>
            {MATRIX_BANDS.map((band) => (
              <th key={band} scope="col">
                {label(band, 'to')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MATRIX_BANDS.map((from, row) => (
            <tr key={from}>
              <th scope="row">{label(from, 'from')}</th>
              {MATRIX_BANDS.map((to, column) => {
                if (from === 'none' && to === 'none') return <td key={to} />;
                const cell = cellOf(data, from, to);
                const direction = directionOf(from, to);
                const heat = cell.accounts === 0 ? 0 : direction === 'same' ? 10 : 8 + (26 * cell.accounts) / most;
                return (
                  <td
                    key={to}
                    className={classes.cell}
                    data-direction={direction}
                    style={{ '--heat': `${Math.round(Math.min(34, heat))}%` } as React.CSSProperties}
                  >
                    <Move cell={cell} data={data} page={page} row={row} column={column} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface MoveProps extends MatrixProps {
  cell: ReturnType<typeof cellOf>;
  row: number;
  column: number;
}

function Move({ cell, data, page, row, column }: MoveProps) {
  const words = moveWords(cell, data.currency);
  const door = cell.accounts === 0 ? null : doorOf(bandMoveBehind(page, cell));
  if (door === null) {
    return (
      <span className={`${classes.move} ${classes.zero}`} title={words}>
        {formatNumber(cell.accounts)}
      </span>
    );
  }
  return (
    <DoorLink
      door={door}
      className={classes.move}
      data-row={row}
      data-column={column}
      tabIndex={-1}
      aria-label={words}
      title={words}
    >
      {formatNumber(cell.accounts)}
      <small>{formatMoneyCompact(cell.arrMinor, data.currency)}</small>
    </DoorLink>
  );
}
