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
  if (value.plain) return `(${value.sql} IS NOT NULL AND ${predicate})`;
  const holds = `COALESCE(${predicate}, FALSE)`;
  return value.restsOn === undefined ? holds : `(${value.restsOn} IS NOT NULL AND ${holds})`;
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
  if (value.kind !== 'minor') return `${scope.binder.bind(String(operand))}::numeric`;
  const minor = toMinor(operand, scope.catalogue.minorDigits);
  // As ARR and MRR are stored: they would have to become a `numeric` in each row else.
  const whole = wholeOf(minor);
  return whole === null ? `${scope.binder.bind(minor)}::numeric` : `${scope.binder.bind(String(whole))}::bigint`;
}

/** `10.5e2` → 1050. Null: not a whole number, or one that a `number` does not hold exactly. */
function wholeOf(text: string): number | null {
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  const value = Number(text);
  return decimals <= Number(exponent) && Number.isSafeInteger(value) ? value : null;
}
