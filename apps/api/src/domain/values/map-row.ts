import type { IsoDay } from '@steward/shared/common';
import type { MetricPeriod } from '@steward/shared/days';
import { type FactField, field as factFieldOf } from '@steward/shared/fact-fields';
import { factField, factKindInfo } from '@steward/shared/fact-kinds';
import { type AttributeType, type ColumnMapping, type ImportMapping, REJECTION_COLUMNS } from '@steward/shared/imports';
import { assertUnreachable } from '../assert-unreachable.js';
import { dictionary } from '../dictionary.js';
import { isBlank } from './blanks.js';
import { buildAccount, buildContact } from './build-people.js';
import { buildEvent, buildMetrics, buildSurvey, buildTicket, type DatedSettings, metricKey } from './build-usage.js';
import { buildDeal, buildInvoice, buildPulse, buildSubscription, buildTouchpoint } from './build-work.js';
import { contentId } from './content-id.js';
import type { Attributes, AttributeValue, FactRow } from './fact-rows.js';
import { coerceDay } from './moments.js';
import { coerceCurrency } from './money.js';
import { coerceNumber, readNumber } from './numbers.js';
import { decimalOf, type FieldSource, type MappingContext, type RowProblem, RowReader } from './row-reader.js';
import { coerceText } from './texts.js';
import { coerceBoolean, optionTable, plainWord } from './words.js';

export type { MappingContext, RowProblem } from './row-reader.js';

/** Why a mapping does not fit a file. Nothing is read then. */
export interface MappingProblem {
  code: 'UNKNOWN_COLUMN' | 'FIELD_NEEDED' | 'DAY_NEEDED' | 'BAD_METRIC' | 'BAD_ATTRIBUTE' | 'UNKNOWN_CURRENCY';
  column: string | null;
  field: string | null;
  message: string;
}

/** A mapping made ready for one file's header: what `mapRow` takes. */
export interface PreparedMapping {
  mapping: ImportMapping;
  context: MappingContext;
  /** Of amounts that name none. */
  usualCurrency: string;
  sources: ReadonlyMap<string, readonly FieldSource[]>;
  metrics: ReadonlyArray<{ key: string; period: MetricPeriod | null; source: FieldSource }>;
  attributes: ReadonlyArray<{ key: string; type: AttributeType; source: FieldSource }>;
  /** Positions of the columns that say why a row was rejected: no part of what the row says. */
  besides: ReadonlySet<number>;
}

export type Prepared = { ok: true; prepared: PreparedMapping } | { ok: false; problems: MappingProblem[] };

/** Checks a mapping against a file's header (the names that the reader gives columns) and makes it ready. */
export function prepareMapping(mapping: ImportMapping, headers: readonly string[], context: MappingContext): Prepared {
  const problems: MappingProblem[] = [];
  const sources = new Map<string, FieldSource[]>();
  const metrics: Array<{ key: string; period: MetricPeriod | null; source: FieldSource }> = [];
  const attributes: Array<{ key: string; type: AttributeType; source: FieldSource }> = [];
  for (const entry of mapping.columns) {
    if (entry.ignore === true) continue;
    const index = headers.indexOf(entry.column);
    if (index === -1) {
      const message = `The file has no column "${entry.column}". It has: ${headers.slice(0, 30).join(', ')}.`;
      problems.push({ code: 'UNKNOWN_COLUMN', column: entry.column, field: entry.field ?? null, message });
      continue;
    }
    if (entry.attribute === '__proto__') {
      const message = 'An attribute cannot be named __proto__.';
      problems.push({ code: 'BAD_ATTRIBUTE', column: entry.column, field: null, message });
      continue;
    }
    const source = sourceOf(entry, index, fieldOf(mapping, entry));
    if (entry.metric !== undefined && metricKey(entry.metric) === '') {
      const message = `"${entry.metric}" cannot be the key of a metric: it has neither letters nor digits.`;
      problems.push({ code: 'BAD_METRIC', column: entry.column, field: null, message });
      continue;
    }
    if (entry.metric !== undefined)
      metrics.push({ key: metricKey(entry.metric), period: entry.period ?? null, source });
    else if (entry.attribute !== undefined)
      attributes.push({ key: entry.attribute, type: entry.type ?? 'text', source });
    else if (entry.field !== undefined) sources.set(entry.field, [...(sources.get(entry.field) ?? []), source]);
  }
  for (const [key, constant] of Object.entries(mapping.constants)) {
    const field = factField(mapping.kind, key);
    if (field !== null) sources.set(key, [constantSource(field, constant)]);
  }
  const currency = coerceCurrency(mapping.currency ?? '', context.currency);
  if (!currency.ok) {
    problems.push({ code: 'UNKNOWN_CURRENCY', column: null, field: 'currency', message: currency.message });
  }
  problems.push(...missing(mapping, sources, metrics.length > 0));
  if (!currency.ok || problems.length > 0) return { ok: false, problems };
  const besides = new Set(REJECTION_COLUMNS.map((name) => headers.indexOf(name)));
  const usualCurrency = currency.value ?? context.currency;
  return { ok: true, prepared: { mapping, context, usualCurrency, sources, metrics, attributes, besides } };
}

function fieldOf(mapping: ImportMapping, entry: ColumnMapping): FactField {
  const known = entry.field === undefined ? null : factField(mapping.kind, entry.field);
  return known ?? factFieldOf(entry.column, entry.column, 'text');
}

function sourceOf(entry: ColumnMapping, index: number, field: FactField): FieldSource {
  let valueMap: Map<string, string | null> | null = null;
  for (const [spelling, value] of Object.entries(entry.valueMap ?? {})) {
    valueMap ??= new Map();
    valueMap.set(spelling.trim(), value);
    if (!valueMap.has(plainWord(spelling))) valueMap.set(plainWord(spelling), value);
  }
  const options = field.options === null ? null : optionTable(field.options);
  return { field, index, column: entry.column, constant: '', entry, valueMap, options };
}

function constantSource(field: FactField, constant: string): FieldSource {
  const options = field.options === null ? null : optionTable(field.options);
  return { field, index: null, column: field.label, constant, entry: null, valueMap: null, options };
}

function missing(
  mapping: ImportMapping,
  sources: ReadonlyMap<string, readonly FieldSource[]>,
  hasMetrics: boolean,
): MappingProblem[] {
  const info = factKindInfo(mapping.kind);
  const problems: MappingProblem[] = [];
  const need = (keys: readonly string[], what: string) => {
    if (keys.some((key) => sources.has(key))) return;
    problems.push({
      code: 'FIELD_NEEDED',
      column: null,
      field: keys[0] ?? null,
      message: `${info.plural} need ${what}.`,
    });
  };
  for (const field of info.fields) if (field.required) need([field.key], `a column for "${field.label}"`);
  if (mapping.kind === 'contact') need(['id', 'email'], 'a column for the contact id or the e-mail address');
  if (mapping.kind === 'survey') {
    need(['npsScore', 'csatScore', 'score'], 'a column with the score');
    if (sources.has('score')) need(['kind'], 'the kind of survey (nps or csat), as a column or for the whole file');
  }
  if (mapping.kind === 'metric' && (!hasMetrics || sources.has('metric') || sources.has('value'))) {
    need(['metric'], 'a column with the name of the metric, or columns that are metrics');
    need(['value'], 'a column with the value');
  }
  if (info.dayField !== null && mapping.dated === null && !sources.has(info.dayField)) {
    const label = factField(mapping.kind, info.dayField)?.label ?? info.dayField;
    const message = `${info.plural} need a day: map a column to "${label}" or give the day that the file is as of.`;
    problems.push({ code: 'DAY_NEEDED', column: null, field: info.dayField, message });
  }
  return problems;
}

export interface MappedRow {
  facts: FactRow[];
  /** Not empty: the row is rejected as a whole, and `facts` is empty. */
  problems: RowProblem[];
}

/** One record of a file as typed facts: one, several (a column a metric, a score a survey), or none when it holds none. */
export function mapRow(prepared: PreparedMapping, cells: readonly string[]): MappedRow {
  const { mapping, context, usualCurrency, sources, besides } = prepared;
  const totals = totalsCell(prepared, cells);
  if (totals !== null) {
    const reason = `The row sums up the others: it says "${totals.value}" and otherwise holds numbers only.`;
    return { facts: [], problems: [{ ...totals, code: 'TOTALS_ROW', reason }] };
  }
  const { accountVia } = mapping;
  const row = new RowReader({ sources, accountVia, context, currency: usualCurrency }, cells);
  const facts = buildFacts(prepared, row, {
    dated: mapping.dated,
    receivedOn: context.receivedOn,
    timeZone: context.timeZone,
    contentId: () => contentId(cells.filter((_, index) => !besides.has(index))),
  });
  return row.problems.length > 0 ? { facts: [], problems: row.problems } : { facts, problems: [] };
}

/** Where a row says what a field, or an attribute by `attributes.<key>`, is; nowhere: null. */
export function placeOf(
  { sources, attributes }: PreparedMapping,
  key: string,
  cells: readonly string[],
): { column: string | null; value: string | null } {
  const source = sources.get(key)?.[0] ?? attributes.find((one) => `attributes.${one.key}` === key)?.source;
  if (source === undefined) return { column: null, value: null };
  return { column: source.column, value: source.index === null ? source.constant : (cells[source.index] ?? '') };
}

const TOTALS = new Set(
  [
    'total',
    'totals',
    'grand total',
    'sub total',
    'subtotal',
    'sum',
    'summe',
    'gesamt',
    'gesamtsumme',
    'zwischensumme',
  ].concat(['totale', 'total general', 'somme', 'suma', 'totaal']),
);

const LONGEST_TOTAL = 20;

/** The cell that makes a row one of totals: such a word for the account, or before an empty one, and numbers besides. */
function totalsCell(
  { sources, besides }: PreparedMapping,
  cells: readonly string[],
): { column: string | null; value: string } | null {
  const account = sources.get('account')?.[0];
  if (account === undefined || account.index === null) return null;
  const isFilled = (cell: string, index: number) => !besides.has(index) && !isBlank(cell, 'text');
  const named = isFilled(cells[account.index] ?? '', account.index) ? account.index : cells.findIndex(isFilled);
  const value = (cells[named] ?? '').trim();
  // Nearly every row ends here.
  if (value.length > LONGEST_TOTAL || !TOTALS.has(plainWord(value))) return null;
  const isNumber = (cell: string) => readNumber(cell.trim()) !== null;
  if (!cells.every((cell, index) => index === named || !isFilled(cell, index) || isNumber(cell))) return null;
  return { column: named === account.index ? account.column : null, value };
}

function buildFacts(prepared: PreparedMapping, row: RowReader, dated: DatedSettings): FactRow[] {
  const { mapping, metrics } = prepared;
  const attributes = (reader: RowReader) => readAttributes(prepared, reader);
  const patch = { blanks: mapping.blanks, dated: mapping.dated, attributes };
  switch (mapping.kind) {
    case 'account':
      return one(buildAccount(row, patch));
    case 'contact':
      return one(buildContact(row, patch));
    case 'event':
      return buildEvent(row, dated, (reader) => plainValues(attributes(reader)));
    case 'metric':
      return buildMetrics(row, dated, metrics);
    case 'subscription':
      return one(buildSubscription(row, dated));
    case 'invoice':
      return one(buildInvoice(row, dated));
    case 'ticket':
      return one(buildTicket(row, dated));
    case 'survey':
      return buildSurvey(row, dated);
    case 'touchpoint':
      return one(buildTouchpoint(row, dated));
    case 'deal':
      return one(buildDeal(row, dated));
    case 'pulse':
      return one(buildPulse(row, dated));
    default:
      return assertUnreachable(mapping.kind);
  }
}

const one = <T>(fact: T | null): T[] => (fact === null ? [] : [fact]);

function readAttributes({ attributes, mapping }: PreparedMapping, row: RowReader): Attributes {
  const values: Attributes = dictionary();
  for (const { key, type, source } of attributes) {
    const value = readAttribute(type, source, row);
    if (value.value !== null || mapping.blanks === 'clear') values[key] = value;
  }
  return values;
}

function readAttribute(type: AttributeType, source: FieldSource, row: RowReader): AttributeValue {
  switch (type) {
    case 'text':
      return { type, value: row.take(source, (text) => coerceText(text, 2000)) };
    case 'number':
      return { type, value: row.take(source, (text) => coerceNumber(text, decimalOf(source))) };
    case 'date':
      return { type, value: row.take<IsoDay>(source, (text) => coerceDay(text, row.dates(source))) };
    case 'boolean':
      return { type, value: row.take(source, (text) => coerceBoolean(text)) };
    default:
      return assertUnreachable(type);
  }
}

function plainValues(attributes: Attributes): Record<string, unknown> {
  return dictionary(Object.entries(attributes).map(([key, { value }]) => [key, value]));
}
