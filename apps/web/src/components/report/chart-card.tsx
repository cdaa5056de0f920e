import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { errorText } from '../../lib/api.js';
import type { ChartSeries } from './chart-data.js';
import { BeforeMark, LegendMark } from './mark.js';
import classes from './report.module.css';
import { fileNameOf, type ReportTable, saveCsv } from './report-table.js';
import { TableTwin } from './table-twin.js';

interface ChartCardProps {
  title: string;
  /** What the figure means and what it is made of, in a sentence. */
  means?: string;
  /** What the chart says, in a sentence. */
  summary: string;
  /** The same as rows and columns; the file holds it too. */
  table: ReportTable;
  /** Names the series by their shapes. */
  legend?: readonly Pick<ChartSeries, 'key' | 'label' | 'look'>[];
  /** The legend's shapes lie on a piece of their line. */
  lines?: boolean;
  /** The months that pale lines are of. */
  before?: string;
  /** The day that the file is named by. */
  day: string;
  /** In words, where there is nothing to draw. */
  empty?: ReactNode;
  /** Takes the whole width of the page. */
  wide?: boolean;
  children: ReactNode;
}

/** A chart with its name, what it says in words, its twin as a table, and its file. */
export function ChartCard(props: ChartCardProps) {
  const { title, means, summary, table, legend = [], lines = false, before, day, empty, wide, children } = props;
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={classes.card} data-wide={wide || undefined} aria-labelledby={id}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle} id={id} title={means}>
          {title}
        </h2>
        <span className={classes.cardTools}>
          {empty ? null : (
            <>
              <Tooltip label={asTable ? 'Show as chart' : 'Show as table'}>
                <ActionIcon
                  size={24}
                  aria-label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
                  aria-pressed={asTable}
                  onClick={() => setAsTable(!asTable)}
                >
                  {asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
                </ActionIcon>
              </Tooltip>
              <Tooltip label="Save as CSV">
                <ActionIcon
                  size={24}
                  aria-label={`Save ${title} as CSV`}
                  onClick={() => saveCsv(table, fileNameOf(title, day))}
                >
                  <IconDownload size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </>
          )}
        </span>
      </div>
      {means ? <p className={classes.means}>{means}</p> : null}
      {empty ? (
        <p className={classes.cardEmpty}>{empty}</p>
      ) : asTable ? (
        <TableTwin title={title} table={table} />
      ) : (
        <>
          {legend.length > 1 || before !== undefined ? (
            <ul className={classes.legend} aria-label={`Series of ${title}`}>
              {legend.map(({ key, label, look }) => (
                <li key={key}>
                  <LegendMark look={look} line={lines} />
                  {label}
                </li>
              ))}
              {before === undefined ? null : (
                <li>
                  <BeforeMark />
                  The same before, {before}
                </li>
              )}
            </ul>
          ) : null}
          {children}
        </>
      )}
      {empty ? null : <figcaption className={classes.summary}>{summary}</figcaption>}
    </figure>
  );
}

/** The place of a chart that is on its way, of the same size. */
export function ChartSkeleton({ wide, height = 318 }: { wide?: boolean; height?: number }) {
  return (
    <div className={classes.card} data-wide={wide || undefined} aria-hidden style={{ height }}>
      <Skeleton h={14} w={150} mb={14} />
      <Skeleton h={height - 70} w="100%" />
    </div>
  );
}

/** A part of the page that could not be had, and the way on. */
export function CardError({ title, error, wide, onRetry }: CardErrorProps) {
  return (
    <section className={classes.card} data-wide={wide || undefined} role="alert" aria-label={title}>
      <h2 className={classes.cardTitle}>{title}</h2>
      <p className={classes.cardEmpty}>
        {errorText(error)}{' '}
        <button type="button" className={classes.retry} onClick={onRetry}>
          Try again
        </button>
      </p>
    </section>
  );
}

interface CardErrorProps {
  title: string;
  error: unknown;
  wide?: boolean;
  onRetry: () => void;
}
