import type { ImportCounts } from '@steward/shared/imports';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { mapRow, type PreparedMapping, placeOf } from '../../domain/values/map-row.js';
import type { CsvRow } from '../../platform/csv/csv-reader.js';
import type { Outcome } from '../facts/arrival.js';
import { countOutcome, NO_COUNTS } from './import-counts.js';

export interface Rejected {
  line: number;
  column: string | null;
  value: string | null;
  code: string;
  message: string;
  cells: string[];
}

/** Rows of a file, mapped: the facts to store and the rows that cannot be taken. */
export interface MappedRows {
  rows: CsvRow[];
  facts: FactRow[];
  /** For each fact, the row that it came from. */
  rowOf: CsvRow[];
  rejected: Rejected[];
  /** Rows that hold no fact: events that happened no times, rows without any value. */
  empty: number;
}

export function mapRows(prepared: PreparedMapping, rows: readonly CsvRow[]): MappedRows {
  const mapped: MappedRows = { rows: [...rows], facts: [], rowOf: [], rejected: [], empty: 0 };
  for (const row of rows) {
    if (row.problem !== null) {
      const { code, column, value, message } = row.problem;
      mapped.rejected.push({ line: row.line, column, value, code, message, cells: row.cells });
      continue;
    }
    const { facts, problems } = mapRow(prepared, row.cells);
    if (facts.length === 0 && problems.length === 0) mapped.empty += 1;
    for (const { column, value, code, reason } of problems) {
      mapped.rejected.push({ line: row.line, column, value, code, message: reason, cells: row.cells });
    }
    for (const fact of facts) {
      mapped.facts.push(fact);
      mapped.rowOf.push(row);
    }
  }
  return mapped;
}

export interface BatchResult {
  counts: ImportCounts;
  rejected: Rejected[];
  ownerTexts: string[];
  keptByHand: number;
  /** Rows that bring an amount, by its currency. */
  currencies: Record<string, number>;
}

/** What a batch came to: facts by outcome, each rejected row once however many problems it has. */
export function batchResult(prepared: PreparedMapping, mapped: MappedRows, outcomes: readonly Outcome[]): BatchResult {
  const counts = { ...NO_COUNTS, rows: mapped.rows.length, empty: mapped.empty };
  const rejected = [...mapped.rejected];
  const ownerTexts = new Set<string>();
  const currencies: Record<string, number> = {};
  let keptByHand = 0;
  for (const [index, outcome] of outcomes.entries()) {
    const row = mapped.rowOf[index]!;
    countOutcome(counts, outcome, mapped.facts[index]!);
    if (outcome.status === 'rejected') {
      const { code, message, column: field } = outcome.rejection;
      const place = field === null ? { column: null, value: null } : placeOf(prepared, field, row.cells);
      rejected.push({ line: row.line, ...place, code, message, cells: row.cells });
      continue;
    }
    const currency = currencyOf(mapped.facts[index]!);
    if (currency !== null) currencies[currency] = (currencies[currency] ?? 0) + 1;
    if ('ownerTexts' in outcome) {
      for (const text of outcome.ownerTexts) ownerTexts.add(text);
      keptByHand += outcome.keptByHand.length;
    }
  }
  counts.rejected = new Set(rejected.map(({ line }) => line)).size;
  return { counts, rejected, ownerTexts: [...ownerTexts], keptByHand, currencies };
}

/** The currency of the amount that a fact brings; null: it brings none. */
function currencyOf(fact: FactRow): string | null {
  switch (fact.kind) {
    case 'account':
      return (fact.fields.arr ?? fact.fields.mrr)?.currency ?? null;
    case 'subscription':
      return fact.mrr?.currency ?? null;
    case 'invoice':
    case 'deal':
      return fact.amount?.currency ?? null;
    default:
      return null;
  }
}
