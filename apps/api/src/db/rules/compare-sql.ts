import type { CompareOperator } from '@steward/shared/rule-operators';
import type { CompareFieldsLeaf, CompareLeaf, Operand } from '@steward/shared/rules';
import { escapeLike, literal } from './binder.js';
import type { BoundField } from './bindings.js';
import { ME, MY_TEAM } from './check-leaf.js';
import { type FieldSql, fieldSql } from './field-sql.js';
import { boundField, exactOperand, RuleNotCompilable, whereSet } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

const SYMBOLS = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** The negative operators are the negation of the positive ones, so they hold where nothing is set. */
const POSITIVE: Partial<Record<CompareOperator, CompareOperator>> = {
  neq: 'eq',
  notIn: 'in',
  notContains: 'contains',
  isNotSet: 'isSet',
};

export function compareSql(leaf: CompareLeaf, scope: RuleScope): string {
  const bound = boundField(scope, leaf.field);
  const positive = POSITIVE[leaf.op];
  if (positive !== undefined) return `(NOT ${positiveSql({ ...leaf, op: positive }, bound, scope)})`;
  return positiveSql(leaf, bound, scope);
}

function positiveSql({ op, value }: CompareLeaf, bound: BoundField, scope: RuleScope): string {
  const column = fieldSql(scope, bound);
  if (op === 'isSet') return isSetSql(column);
  if (op === 'in') return whereSet(column, memberOf(column, bound, listOf(value), scope));
  if (op === 'contains' || op === 'startsWith') return whereSet(column, containsSql(column, op, textOf(value), scope));
  switch (bound.field.type) {
    case 'number':
    case 'money':
    case 'percent':
      return whereSet(column, numberSql(column, op, value, scope));
    case 'boolean':
      return whereSet(column, booleanSql(column, value));
    default:
      return whereSet(column, memberOf(column, bound, [textOf(value)], scope));
  }
}

/** True where the field has a value; an empty list is none. */
export function isSetSql(column: FieldSql): string {
  if (column.kind === 'tags') return `(${column.sql} <> '{}')`;
  if (column.kind === 'jsonTags') return `COALESCE(jsonb_array_length(${column.sql}) > 0, FALSE)`;
  return `(${column.sql} IS NOT NULL)`;
}

function numberSql(column: FieldSql, op: CompareOperator, value: Operand | undefined, scope: RuleScope): string {
  if (op === 'between') {
    const [from, to] = listOf(value).map(numberOf);
    const low = exactOperand(scope, column, from ?? Number.NaN);
    return `(${column.sql} >= ${low} AND ${column.sql} <= ${exactOperand(scope, column, to ?? Number.NaN)})`;
  }
  const symbol = SYMBOLS[op as keyof typeof SYMBOLS];
  if (symbol === undefined) throw new RuleNotCompilable(`a number does not take ${op}`);
  return `${column.sql} ${symbol} ${exactOperand(scope, column, numberOf(value))}`;
}

function booleanSql(column: FieldSql, value: Operand | undefined): string {
  const wanted = value === true;
  return column.kind === 'flag' ? `${column.sql} = ${wanted ? 1 : 0}` : `${column.sql} = ${wanted ? 'TRUE' : 'FALSE'}`;
}

/** Members of the catalogue's own lists stand as literals, because a generic plan misses an index for parameters. */
export function memberOf(column: FieldSql, bound: BoundField, values: readonly unknown[], scope: RuleScope): string {
  const texts = values.map(textOf);
  if (bound.field.type === 'enum') {
    const known = texts.filter((text) => bound.field.options?.some(({ value }) => value === text));
    if (known.length !== texts.length) throw new RuleNotCompilable(`${bound.field.key} has no such value`);
    return known.length === 1
      ? `${column.sql} = ${literal(known[0]!)}`
      : `${column.sql} IN (${known.map(literal).join(', ')})`;
  }
  if (bound.field.type === 'user') {
    const ids = texts.flatMap((text) => peopleOf(text, scope));
    return `${column.sql} = ANY(${scope.binder.bind(ids)}::uuid[])`;
  }
  return texts.length === 1
    ? `${column.sql} = ${scope.binder.bind(texts[0])}`
    : `${column.sql} = ANY(${scope.binder.bind(texts)}::text[])`;
}

function peopleOf(text: string, { asker }: RuleScope): string[] {
  if (text === ME) return asker === null ? [] : [asker.id];
  if (text === MY_TEAM) return asker === null ? [] : [asker.id, ...asker.teamIds];
  return [text];
}

function containsSql(column: FieldSql, op: 'contains' | 'startsWith', text: string, { binder }: RuleScope): string {
  if (column.kind === 'tags') return `${column.sql} @> ARRAY[${binder.bind(text)}::text]`;
  if (column.kind === 'jsonTags') return `${column.sql} @> to_jsonb(${binder.bind(text)}::text)`;
  const pattern = `${op === 'contains' ? '%' : ''}${escapeLike(text)}%`;
  return `${column.sql} ILIKE ${binder.bind(pattern)}`;
}

/** field op times × other, in the unit of the fields: a sum of money in whole units on both sides. */
export function compareFieldsSql(leaf: CompareFieldsLeaf, scope: RuleScope): string {
  const left = magnitude(scope, leaf.field);
  const right = magnitude(scope, leaf.other);
  const times = `${scope.binder.bind(String(leaf.times))}::float8`;
  const symbol = leaf.op === 'neq' ? '=' : SYMBOLS[leaf.op];
  const holds = `COALESCE(${left} ${symbol} ${times} * ${right}, FALSE)`;
  return leaf.op === 'neq' ? `(NOT ${holds})` : holds;
}

function magnitude(scope: RuleScope, key: string): string {
  const column = fieldSql(scope, boundField(scope, key));
  return column.kind === 'minor'
    ? `(${column.sql}::float8 / ${10 ** scope.catalogue.minorDigits})`
    : `${column.sql}::float8`;
}

function listOf(value: Operand | undefined): (string | number)[] {
  if (!Array.isArray(value)) throw new RuleNotCompilable('a list is expected');
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value.includes('\u0000')) throw new RuleNotCompilable('a text is expected');
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new RuleNotCompilable('a number is expected');
  return value;
}
