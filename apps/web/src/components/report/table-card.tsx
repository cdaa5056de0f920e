import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import classes from './report.module.css';
import { fileNameOf, type ReportTable, saveCsv } from './report-table.js';

interface TableCardProps {
  title: string;
  means?: string;
  summary?: string;
  /** What the file holds. */
  table: ReportTable;
  day: string;
  tools?: ReactNode;
  empty?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A table with its name, what it says in words, and its file. */
export function TableCard({ wide = true, ...props }: TableCardProps) {
  const { title, means, summary, table, day, tools, empty, children } = props;
  const id = useId();
  return (
    <section className={classes.card} data-wide={wide || undefined} aria-labelledby={id}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle} id={id}>
          {title}
        </h2>
        <Group gap={6} className={classes.cardTools}>
          {tools}
          {empty ? null : (
            <Tooltip label="Save as CSV">
              <ActionIcon
                size={24}
                aria-label={`Save ${title} as CSV`}
                onClick={() => saveCsv(table, fileNameOf(title, day))}
              >
                <IconDownload size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </div>
      {means ? <p className={classes.means}>{means}</p> : null}
      {empty ? <p className={classes.cardEmpty}>{empty}</p> : children}
      {empty || summary === undefined ? null : <p className={classes.summary}>{summary}</p>}
    </section>
  );
}
