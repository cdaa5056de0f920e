import { literal } from './binder.js';
import type { BoundField } from './bindings.js';
import { fieldSql } from './field-sql.js';
import { RuleNotCompilable } from './leaf-sql.js';
import type { RuleScope } from './rule-scope.js';

export interface SortKey {
  field: string;
  direction: 'asc' | 'desc';
}

export interface SortProblem {
  path: string;
  code: 'UNKNOWN_FIELD' | 'FIELD_NOT_SORTABLE';
  message: string;
}

/** A sort may name what the catalogue calls sortable, and nothing else ever reaches ORDER BY. */
export function checkSort(sort: readonly SortKey[], scope: Pick<RuleScope, 'catalogue'>): SortProblem[] {
  return sort.flatMap(({ field }, index): SortProblem[] => {
    const bound = scope.catalogue.fields.get(field);
    const path = `sort.${index}.field`;
    if (bound === undefined) return [{ path, code: 'UNKNOWN_FIELD', message: `there is no field ${field}` }];
    if (bound.field.sortable) return [];
    return [{ path, code: 'FIELD_NOT_SORTABLE', message: `lists cannot be sorted by ${field}` }];
  });
}

/** The terms of ORDER BY: what is not set comes last either way, ties are broken by account. */
export function sortSql(sort: readonly SortKey[], scope: RuleScope): string {
  const terms = sortTerms(sort, scope).map(({ sql, direction }) => `${sql} ${direction} NULLS LAST`);
  return [...terms, 's.account_id'].join(', ');
}

/** What is sorted by, each with its direction. */
export function sortTerms(sort: readonly SortKey[], scope: RuleScope): { sql: string; direction: 'ASC' | 'DESC' }[] {
  return sort.map(({ field, direction }) => {
    const bound = scope.catalogue.fields.get(field);
    if (bound === undefined || !bound.field.sortable) throw new RuleNotCompilable(`lists cannot be sorted by ${field}`);
    return { sql: sortTerm(bound, scope), direction: direction === 'desc' ? 'DESC' : 'ASC' };
  });
}

/** People by their place among names: looking a name up for each of many rows costs ten times as much. */
function placesByName({ field }: BoundField): string {
  return JSON.stringify(Object.fromEntries((field.options ?? []).map(({ value }, place) => [value, place])));
}

function sortTerm(bound: BoundField, scope: RuleScope): string {
  const { sql } = fieldSql(scope, bound);
  switch (bound.field.type) {
    case 'text':
      return `lower(${sql})`;
    case 'user':
      return `(${scope.binder.bind(placesByName(bound))}::jsonb ->> ${sql}::text)::int`;
    case 'enum': {
      const options = (bound.field.options ?? []).map(({ value }) => literal(value));
      return `array_position(ARRAY[${options.join(', ')}]::text[], ${sql})`;
    }
    default:
      return sql;
  }
}
