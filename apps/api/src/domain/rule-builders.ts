import type { CompareOperator } from '@steward/shared/rule-operators';
import type { Operand, Rule } from '@steward/shared/rules';

/** Short forms for the rules that the product brings along. */

export const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });
export const any = (...rules: Rule[]): Rule => ({ kind: 'any', rules });
export const not = (rule: Rule): Rule => ({ kind: 'not', rule });
export const field = (key: string, op: CompareOperator, value: Operand): Rule => ({
  kind: 'compare',
  field: key,
  op,
  value,
});
export const isSet = (key: string): Rule => ({ kind: 'compare', field: key, op: 'isSet' });
export const isNotSet = (key: string): Rule => ({ kind: 'compare', field: key, op: 'isNotSet' });
