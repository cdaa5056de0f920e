import type { CatalogueField, FieldType } from '@steward/shared/catalogue';
import type { BoundField, RowReading, ValueKind } from './bindings.js';

type Options = CatalogueField['options'];

const PLAN = 'FROM steward.account_plan p WHERE p.account_id = s.account_id';

/** A plan is as it is now: what it said on earlier days is in the log, not in rules. */
function planField(
  key: string,
  label: string,
  type: FieldType,
  valueKind: ValueKind,
  value: (reading: RowReading) => string,
  more: Partial<CatalogueField> = {},
): BoundField {
  const field: CatalogueField = {
    key: `plan.${key}`,
    label,
    group: 'Plan',
    type,
    unit: null,
    description: '',
    stage: 'facts',
    history: 'now-only',
    options: null,
    sortable: true,
    tracked: false,
    ...more,
  };
  return { field, binding: { kind: 'row', name: field.key, value, valueKind } };
}

/** What people plan with an account, as rules read it. */
export function planFields(users: Options): BoundField[] {
  return [
    planField('nextStep', 'Next step', 'text', 'text', () => `(SELECT p.next_step ${PLAN})`),
    planField('nextStepDay', 'Next step on', 'date', 'date', () => `(SELECT p.next_step_day ${PLAN})`),
    planField('nextStepOwner', 'Next step of', 'user', 'uuid', () => `(SELECT p.next_step_user_id ${PLAN})`, {
      options: users,
    }),
    planField(
      'nextStepDue',
      'Next step missing or past',
      'boolean',
      'boolean',
      ({ day }) => `(NOT EXISTS (SELECT 1 ${PLAN} AND p.next_step IS NOT NULL
        AND (p.next_step_day IS NULL OR p.next_step_day >= ${day})))`,
      { description: 'There is none, or its day is over', sortable: false },
    ),
  ];
}
