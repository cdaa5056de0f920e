import { type ImportMappingInput, importMappingSchema } from '@steward/shared/imports';
import type { FactRow } from './fact-rows.js';
import { type MappedRow, mapRow, prepareMapping } from './map-row.js';

export const context = { timeZone: 'Europe/Vienna', currency: 'EUR', receivedOn: '2026-04-20' };

export function prepare(mapping: ImportMappingInput, headers: readonly string[]) {
  return prepareMapping(importMappingSchema.parse(mapping), headers, context);
}

/** Maps one record, given as column → cell. */
export function map(mapping: ImportMappingInput, record: Record<string, string>): MappedRow {
  const result = prepare(mapping, Object.keys(record));
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  return mapRow(result.prepared, Object.values(record));
}

export function facts(mapping: ImportMappingInput, record: Record<string, string>): FactRow[] {
  const mapped = map(mapping, record);
  expect(mapped.problems).toEqual([]);
  return mapped.facts;
}

export const fields = (mapping: Record<string, string>) =>
  Object.entries(mapping).map(([column, field]) => ({ column, field }));

export const ref = (id: string) => ({ via: 'externalId', id });
