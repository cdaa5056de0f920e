import { MOVEMENTS } from '@steward/shared/ledger';
import type { Retention, RevenueReport } from '@steward/shared/revenue-report';
import { type CsvTable, cell, money } from '../base/csv-table.js';

const RETENTION = ['Gross retention %', 'Net retention %', 'Logo churn %'];
const retentionCells = ({ grossRetention, netRetention, logoChurn }: Retention): string[] =>
  [grossRetention, netRetention, logoChurn].map(cell);

/** A row a month: what came and went, and what of the year before was kept. */
export function monthTable({ period, currency }: RevenueReport): CsvTable {
  const named = MOVEMENTS.map((movement) => `${movement[0]?.toUpperCase()}${movement.slice(1)} ${currency}`);
  return {
    headers: [
      ...['Month', 'Day', `Start MRR ${currency}`, ...named, `End MRR ${currency}`, `Revaluation ${currency}`],
      ...[
        'Paying accounts',
        ...RETENTION.map((name) => `${name}, month`),
        ...RETENTION.map((name) => `${name}, 12 months`),
      ],
    ],
    rows: period.months
      .filter(({ built }) => built)
      .map((month) => [
        ...[month.month, month.day, money(month.startMinor, currency)],
        ...MOVEMENTS.map((movement) => money(month.movements[movement].amountMinor, currency)),
        ...[money(month.endMinor, currency), money(month.revaluationMinor, currency), String(month.paying)],
        ...retentionCells(month.monthly),
        ...retentionCells(month.trailingYear),
      ]),
  };
}

/** A row a tier, person, region, plan or segment: what of the period's start was kept. */
export function dimensionTable({ rows, period, currency, by }: RevenueReport): CsvTable {
  return {
    headers: [
      ...['From', 'To', `By ${by}`, 'Accounts at start', 'Accounts lost', `Start MRR ${currency}`],
      ...[`Kept MRR ${currency}`, `End MRR ${currency}`, ...RETENTION],
    ],
    rows: rows.map(({ label, retention }) => [
      ...[period.fromDay, period.toDay, label, String(retention.accounts), String(retention.lostAccounts)],
      ...[
        money(retention.startMinor, currency),
        money(retention.keptMinor, currency),
        money(retention.endMinor, currency),
      ],
      ...retentionCells(retention),
    ]),
  };
}
