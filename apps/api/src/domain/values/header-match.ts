import type { FactField, FactFieldType } from '@steward/shared/fact-fields';
import { FACT_KINDS, type FactKind, factKindInfo } from '@steward/shared/fact-kinds';
import { type AttributeType, type ColumnSuggestion, type ColumnType, REJECTION_COLUMNS } from '@steward/shared/imports';
import { metricKey } from './build-usage.js';
import type { TypeShares } from './column-types.js';
import { isNameOfPeriod } from './dates.js';
import { plainWord } from './words.js';

/** A column as the matcher sees it; the type is null where the values were not looked at. */
export interface SeenColumn {
  name: string;
  type: ColumnType | null;
  /** How many of the values read as what; absent where the values were not looked at. */
  shares?: TypeShares;
  /** The file gives the column no name, so that its name tells nothing. */
  unnamed?: boolean;
}

const TELLS_WHY: ReadonlySet<string> = new Set(REJECTION_COLUMNS);

const PERIODS_AS_COLUMNS =
  'Months or days as columns are not read. To import such figures as metrics, give each a row of its own, with its day in a column.';

/** Below this a match is not worth suggesting. */
const LEAST_CONFIDENCE = 0.5;
/** A column whose name says what it is, but part of whose values cannot be read so: those rows will be rejected. */
const NAMED_BUT_MIXED = 0.85;
/** Such a share of the values must read as the field's type where only a synonym names it. */
const MIXED_SHARE = 0.5;

/**
 * Suggests what each column of a file is. Names are compared without case, punctuation and camel case with each
 * field's label and synonyms; every column and every field is used once, the best matches first. Columns left over
 * become metrics (numbers in a file of metrics), custom attributes (accounts, contacts, events), or are left out, as all
 * are that are named as a month or a day: each would make an attribute or a metric that nothing adds to again.
 */
export function suggestColumns(kind: FactKind, columns: readonly SeenColumn[]): ColumnSuggestion[] {
  const info = factKindInfo(kind);
  const candidates = columns
    .flatMap((column, index) => info.fields.map((field) => ({ index, field, confidence: confidenceOf(column, field) })))
    .filter(({ index, confidence }) => confidence >= LEAST_CONFIDENCE && !TELLS_WHY.has(columns[index]!.name))
    .sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const chosen = new Map<number, { field: FactField; confidence: number }>();
  const used = new Set<string>();
  for (const { index, field, confidence } of candidates) {
    if (chosen.has(index) || used.has(field.key)) continue;
    chosen.set(index, { field, confidence });
    used.add(field.key);
  }
  if (kind === 'metric') keepWideForm(chosen, used);
  return columns.map((column, index) => {
    const match = chosen.get(index);
    if (match === undefined) return leftOver(kind, column);
    return { mapping: { column: column.name, field: match.field.key }, confidence: match.confidence };
  });
}

/** In a file without a column for the metric's name, "count" or "value" is a metric like the others. */
function keepWideForm(chosen: Map<number, { field: FactField; confidence: number }>, used: ReadonlySet<string>): void {
  if (used.has('metric') && used.has('value')) return;
  for (const [index, { field }] of chosen) if (field.key === 'value' || field.key === 'metric') chosen.delete(index);
}

function leftOver(kind: FactKind, column: SeenColumn): ColumnSuggestion {
  const { name, type, unnamed } = column;
  const info = factKindInfo(kind);
  if (unnamed || TELLS_WHY.has(name) || metricKey(name) === '')
    return { mapping: { column: name, ignore: true }, confidence: 0 };
  if (isNameOfPeriod(name)) return { mapping: { column: name, ignore: true }, confidence: 0, hint: PERIODS_AS_COLUMNS };
  const numeric = type === 'integer' || type === 'number' || type === 'percent' || type === 'money';
  if (info.takesMetrics && (numeric || isMostlyNumbers(column))) {
    return { mapping: { column: name, metric: metricKey(name) }, confidence: numeric ? 0.6 : LEAST_CONFIDENCE };
  }
  if (info.takesAttributes && type !== 'empty') {
    return { mapping: { column: name, attribute: metricKey(name), type: attributeType(type) }, confidence: 0.3 };
  }
  return { mapping: { column: name, ignore: true }, confidence: 0 };
}

function isMostlyNumbers({ type, shares }: SeenColumn): boolean {
  if (type !== 'text' || shares === undefined) return false;
  return Math.max(shares.integer, shares.number, shares.percent, shares.money) >= MIXED_SHARE;
}

function attributeType(type: ColumnType | null): AttributeType {
  switch (type) {
    case 'integer':
    case 'number':
    case 'percent':
    case 'money':
      return 'number';
    case 'date':
    case 'boolean':
      return type;
    default:
      return 'text';
  }
}

/** Which kind of fact a file most likely holds: the one whose needed fields and most columns are found. */
export function suggestKind(columns: readonly SeenColumn[]): Array<{ kind: FactKind; confidence: number }> {
  return FACT_KINDS.map((kind) => {
    const info = factKindInfo(kind);
    const suggestions = suggestColumns(kind, columns);
    const found = suggestions.filter(({ mapping }) => mapping.field !== undefined);
    const needed = info.fields.filter(({ required, key }) => required || (info.dayField === key && kind !== 'account'));
    const missing = needed.filter(({ key }) => !found.some(({ mapping }) => mapping.field === key)).length;
    // Any number could be a metric, so together they count as one column.
    const metrics = suggestions.some(({ mapping }) => mapping.metric !== undefined) ? 0.6 : 0;
    const fitting = found.reduce((sum, { confidence }) => sum + confidence, 0) + metrics;
    const share = columns.length === 0 ? 0 : fitting / columns.length;
    const idBonus = found.some(({ mapping, confidence }) => mapping.field === 'id' && confidence > 0.98) ? 0.15 : 0;
    return { kind, confidence: Math.max(0, Math.min(1, share + idBonus - missing * 0.3)) };
  }).sort((a, b) => b.confidence - a.confidence);
}

function confidenceOf(column: SeenColumn, field: FactField): number {
  const name = headerWords(column.name);
  if (name === '') return 0;
  const names = [headerWords(field.key), plainWord(field.label), ...field.synonyms.map(plainWord)];
  const exact = names.indexOf(name);
  if (!typesFit(column.type, field.type))
    return exact !== -1 && partlyFits(column, field, exact < 2) ? NAMED_BUT_MIXED : 0;
  if (exact !== -1) return exact < 3 ? 1 : Math.max(0.9, 1 - exact * 0.01);
  return Math.max(0, ...names.map((other) => partly(name, other)));
}

/**
 * How well a name that holds a whole synonym fits: by the share that the synonym covers. A synonym of one word must be
 * the name's last (`ticket status` is a status, `customer level` is no customer) and stand beside one word only.
 */
function partly(name: string, synonym: string): number {
  if (!` ${name} `.includes(` ${synonym} `)) return 0;
  const nameWords = name.split(' ').length;
  const synonymWords = synonym.split(' ').length;
  if (synonymWords >= 4) return 0.8;
  if (synonymWords === 1 && (nameWords > 2 || !name.endsWith(` ${synonym}`))) return 0;
  return 0.5 + 0.3 * (synonymWords / nameWords);
}

/** `contractEndDate`, `Contract End-Date (UTC)` → `contract end date`. */
function headerWords(name: string): string {
  return plainWord(name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/\((utc|usd|eur|gbp|local|%)\)/gi, ''))
    .replace(/ (usd|eur|gbp|utc)$/, '')
    .trim();
}

const FITTING: Record<FactFieldType, readonly ColumnType[] | null> = {
  text: null,
  email: ['email', 'text'],
  number: ['integer', 'number', 'percent', 'money', 'boolean'],
  integer: ['integer', 'number', 'boolean'],
  money: ['money', 'integer', 'number'],
  percent: ['percent', 'integer', 'number'],
  boolean: ['boolean', 'integer'],
  day: ['date', 'integer'],
  moment: ['date', 'integer'],
  enum: ['text', 'integer', 'boolean', 'date'],
  list: null,
  currency: ['text'],
  timeZone: ['text'],
};

/**
 * Whether a column of mixed values may still be the field of its name: some value reads as the field's type, or half of
 * them where only a synonym names it. One bad cell among few must not make a text of a typed column.
 */
function partlyFits({ type, shares }: SeenColumn, { type: wanted }: FactField, isOwnName: boolean): boolean {
  const fitting = FITTING[wanted];
  if (shares === undefined || fitting === null || (type !== 'text' && !isOwnName)) return false;
  const share = Math.max(0, ...fitting.map((one) => (one === 'text' || one === 'empty' ? 0 : shares[one])));
  return isOwnName ? share > 0 : share >= MIXED_SHARE;
}

function typesFit(seen: ColumnType | null, wanted: FactFieldType): boolean {
  const fitting = FITTING[wanted];
  return seen === null || seen === 'empty' || fitting === null || fitting.includes(seen);
}
