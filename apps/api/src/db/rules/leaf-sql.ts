import type { BoundField } from './bindings.js';
import type { FieldSql } from './field-sql.js';
import type { RuleScope } from './rule-scope.js';

/** A rule that the compiler cannot make sense of; `checkRule` says it better, and first. */
export class RuleNotCompilable extends Error {}

export function boundField(scope: RuleScope, key: string): BoundField {
  const bound = scope.catalogue.fields.get(key);
  if (bound === undefined) throw new RuleNotCompilable(`there is no field ${key}`);
  return bound;
}

/** `predicate` where the value is set, else false. A plain column stands bare in it, so that an index can serve. */
export function whereSet(value: FieldSql, predicate: string): string {
  return value.plain ? `(${value.sql} IS NOT NULL AND ${predicate})` : `COALESCE(${predicate}, FALSE)`;
}

/** A number of major units in minor ones, exactly: 0.29 with two digits is 29, and 10.005 is 1000.5. */
export function toMinor(major: number, digits: number): string {
  const [mantissa = '0', exponent = '0'] = String(major).split('e');
  return `${mantissa}e${Number(exponent) + digits}`;
}

/** The operand as a `real`, as signals are stored; beyond its range it is infinite rather than an error. */
export function realOperand(scope: RuleScope, value: number): string {
  return `${scope.binder.bind(String(Math.fround(value)))}::real`;
}

/** The operand compared exactly with whole numbers, decimals and minor units. */
export function exactOperand(scope: RuleScope, value: FieldSql, operand: number): string {
  if (value.kind === 'real') return realOperand(scope, operand);
  const text = value.kind === 'minor' ? toMinor(operand, scope.catalogue.minorDigits) : String(operand);
  return `${scope.binder.bind(text)}::numeric`;
}
