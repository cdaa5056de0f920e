import type { CatalogueField, FieldStage, FieldType } from '@steward/shared/catalogue';
import { BANDS, TRENDS } from '@steward/shared/common';
import type { BoundField, FieldBinding, RowReading, StateBinding } from './bindings.js';
import { RELATED_ROWS } from './related-rows.js';

const BAND_LABELS = { at_risk: 'At risk', watch: 'Watch', healthy: 'Healthy', unknown: 'Unknown' } as const;
const TREND_LABELS = { up: 'Up', flat: 'Flat', down: 'Down' } as const;

interface Named {
  key: string;
  label: string;
}

function computed(
  key: string,
  label: string,
  group: string,
  type: FieldType,
  stage: FieldStage,
  binding: FieldBinding,
  more: Partial<CatalogueField> = {},
): BoundField {
  const field: CatalogueField = {
    key,
    label,
    group,
    type,
    unit: null,
    description: '',
    stage,
    history: 'snapshot',
    options: null,
    sortable: true,
    tracked: false,
    ...more,
  };
  return { field, binding };
}

const state = (column: string, kept: Partial<StateBinding> = {}): StateBinding => ({
  kind: 'state',
  column,
  closed: null,
  since: null,
  closedSince: null,
  bandRing: null,
  ...kept,
});

const held = (column: string): StateBinding =>
  state(column, { closed: `closed_${column}`, since: `${column}_since`, closedSince: `closed_${column}_since` });

const BAND: StateBinding = { ...held('band'), bandRing: 'band_ring' };

const { from: goals, known: isKnownGoal, fields: GOAL } = RELATED_ROWS.goal;

/** Whether one of the account's goals of kind onboarding, of those known on the day, is so. */
const onboardingGoal = (name: string, isSo: (reading: RowReading) => string): FieldBinding => ({
  kind: 'row',
  name,
  valueKind: 'boolean',
  value: (reading) => `EXISTS (SELECT 1 FROM ${goals(reading)} x
    WHERE x.account_id = s.account_id AND x.kind = 'onboarding' AND ${isKnownGoal(reading)} AND ${isSo(reading)})`,
});

const TIER_TODAY: FieldBinding = {
  kind: 'row',
  name: 'tier.now',
  valueKind: 'text',
  value: ({ versions }) =>
    versions ? '(SELECT n.tier FROM steward.account_state n WHERE n.account_id = s.account_id)' : 's.tier',
};

/** What the stages of the pipeline compute. Only what a close of the day keeps has a `closed` column. */
export function pipelineFields(tiers: readonly Named[], stages: readonly Named[]): BoundField[] {
  const tierOptions = tiers.map(({ key, label }) => ({ value: key, label }));
  const stageOptions = stages.map(({ key, label }) => ({ value: key, label }));
  return [
    computed('source.usage.covered', 'Covered by usage', 'Data', 'boolean', 'signals', state('usage_covered'), {
      description: 'A usage source covers this account',
    }),
    computed('tier', 'Tier', 'Tier', 'enum', 'tiers', held('tier'), { options: tierOptions, tracked: true }),
    computed('tier.raw', 'Tier of the day', 'Tier', 'enum', 'tiers', state('raw_tier'), {
      options: tierOptions,
      description: 'The first tier whose rule matches today, before holding',
    }),
    computed('tier.now', 'Tier today', 'Tier', 'enum', 'tiers', TIER_TODAY, {
      options: tierOptions,
      description: 'The tier of today, also where the rest is asked as of an earlier day',
      history: 'now-only',
      sortable: false,
    }),
    computed(
      'tier.since',
      'In tier since',
      'Tier',
      'date',
      'tiers',
      state('tier_since', { closed: 'closed_tier_since' }),
    ),
    computed('health.score', 'Health score', 'Health', 'number', 'health', state('score', { closed: 'closed_score' }), {
      unit: 'points',
      tracked: true,
    }),
    computed('health.band', 'Health band', 'Health', 'enum', 'health', BAND, {
      options: BANDS.map((value) => ({ value, label: BAND_LABELS[value] })),
      tracked: true,
    }),
    computed(
      'health.bandSince',
      'In band since',
      'Health',
      'date',
      'health',
      state('band_since', { closed: 'closed_band_since' }),
    ),
    computed('health.change', 'Health change, 30 days', 'Health', 'number', 'health', state('health_change'), {
      unit: 'points',
      description: 'Change of the score over 30 days, changes of the model left out',
    }),
    computed('health.trend', 'Health trend', 'Health', 'enum', 'health', state('trend'), {
      options: TRENDS.map((value) => ({ value, label: TREND_LABELS[value] })),
    }),
    computed('health.coverage', 'Health coverage', 'Health', 'percent', 'health', state('coverage'), { unit: '%' }),
    computed('stage', 'Lifecycle stage', 'Lifecycle', 'enum', 'lifecycle', held('stage'), {
      options: stageOptions,
      tracked: true,
    }),
    computed(
      'stage.since',
      'In stage since',
      'Lifecycle',
      'date',
      'lifecycle',
      state('stage_since', { closed: 'closed_stage_since' }),
    ),
    computed(
      'goals.onboarding_achieved',
      'Onboarding goal achieved',
      'Goals',
      'boolean',
      'goals',
      onboardingGoal('goals.onboarding_achieved', (reading) => `${GOAL.status.value(reading)} = 'achieved'`),
      { sortable: false },
    ),
    computed(
      'goals.onboarding_open',
      'Onboarding goal open',
      'Goals',
      'boolean',
      'goals',
      onboardingGoal('goals.onboarding_open', GOAL.open.value),
      { sortable: false },
    ),
  ];
}
