import { ActionIcon, Table, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useId } from 'react';
import { monthWords } from '../../components/renewal/renewal-words.js';
import { DoorLink } from '../../components/report/door-link.js';
import reportClasses from '../../components/report/report.module.css';
import { fileNameOf, saveCsv } from '../../components/report/report-table.js';
import { formatDay } from '../../lib/days.js';
import { changeText, type Glance, type GlanceCell, glanceTable, glanceWords, newsOf } from './glance.js';
import { TIER_FIGURES } from './tier-figures.js';
import classes from './tiers.module.css';

interface GlanceCardProps {
  glance: Glance;
  currency: string;
  asOf: string;
  /** What is compared with, in words. */
  comparedWith: string | null;
}

/** All figures of each tier in one table; each leads to the accounts that it counts. */
export function GlanceCard({ glance, currency, asOf, comparedWith }: GlanceCardProps) {
  const id = useId();
  const { point, live, rows, compares } = glance;
  const when = live ? `today, ${formatDay(asOf)}` : `at the end of ${monthWords(point.month)}, ${formatDay(point.day)}`;
  return (
    <section className={reportClasses.card} data-wide aria-labelledby={id}>
      <div className={reportClasses.cardHead}>
        <h2 className={reportClasses.cardTitle} id={id}>
          Tiers side by side
        </h2>
        <span className={reportClasses.cardTools}>
          <Tooltip label="Save as CSV">
            <ActionIcon
              size={24}
              aria-label="Save Tiers side by side as CSV"
              onClick={() => saveCsv(glanceTable(glance, currency), fileNameOf('Tiers side by side', asOf))}
            >
              <IconDownload size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      <p className={reportClasses.means}>
        As they stand {when}; alerts and goals of the whole period, retention over the twelve months before
        {comparedWith === null ? '' : `; compared with ${comparedWith}`}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={classes.wide} tabIndex={0} aria-label="Tiers side by side, as a table">
        <Table className={reportClasses.table} aria-label="Tiers side by side">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Tier</Table.Th>
              {TIER_FIGURES.map((figure) => (
                <Table.Th key={figure.key} ta="right" title={figure.means}>
                  {figure.short}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key} className={row.key === 'all' ? classes.all : undefined}>
                <Table.Th scope="row" className={reportClasses.rowHead}>
                  {row.label}
                </Table.Th>
                {row.cells.map((cell) => (
                  <Table.Td key={cell.figure.key} ta="right" className="tabular">
                    <Value cell={cell} />
                    {compares ? <Change cell={cell} /> : null}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <p className={reportClasses.summary}>{glanceWords(glance)}</p>
    </section>
  );
}

function Value({ cell: { value, text, note, why, door } }: { cell: GlanceCell }) {
  if (value === null) return <span title={why}>{text}</span>;
  return door ? (
    <DoorLink door={door} className={reportClasses.door} title={note}>
      {text}
    </DoorLink>
  ) : (
    <span title={note}>{text}</span>
  );
}

function Change({ cell }: { cell: GlanceCell }) {
  const text = changeText(cell);
  return (
    <span
      className={classes.change}
      data-news={newsOf(cell)}
      title={cell.before === null ? undefined : `before ${cell.before}`}
    >
      {text === null ? '–' : text}
      {text === null || cell.change === 0 ? null : (cell.change ?? 0) > 0 ? ' ▲' : ' ▼'}
    </span>
  );
}
