import { DEFAULT_PROFILES } from '../../domain/health/defaults.js';
import { DEFAULT_STAGE_SET } from '../../domain/lifecycle/defaults.js';
import { BUILT_IN_SIGNALS } from '../../domain/signals/built-in.js';
import { DEFAULT_TIER_SET } from '../../domain/tiers/defaults.js';
import { buildCatalogue } from './build-catalogue.js';
import { checkRule } from './check-rule.js';

const catalogue = buildCatalogue({
  signals: BUILT_IN_SIGNALS,
  attributes: [],
  tiers: DEFAULT_TIER_SET.tiers,
  stages: DEFAULT_STAGE_SET.stages,
  users: [],
  features: [],
  currency: 'EUR',
  timeZone: 'UTC',
});

describe('the rules that a new workspace starts with', () => {
  it('can be compiled for their purpose', () => {
    const profiles = DEFAULT_PROFILES.map(({ body }) => body);
    const problems = [
      ...DEFAULT_TIER_SET.tiers.flatMap(({ rule }) => (rule ? checkRule(rule, catalogue, { purpose: 'tier' }) : [])),
      ...DEFAULT_STAGE_SET.stages.flatMap(({ rule }) => checkRule(rule, catalogue, { purpose: 'stage' })),
      ...profiles.flatMap(({ scope }) => (scope ? checkRule(scope, catalogue, { purpose: 'profileScope' }) : [])),
      ...profiles.flatMap(({ limits }) => limits.flatMap(({ rule }) => checkRule(rule, catalogue, { purpose: 'cap' }))),
    ];
    expect(problems).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('gives each key one meaning: health.change is the pipeline’s own field', () => {
    expect(catalogue.fields.get('health.change')?.field.stage).toBe('health');
  });

  it('says how a field is known as of an earlier day', () => {
    const history = (key: string) => catalogue.fields.get(key)?.field.history;
    expect(history('account.arr')).toBe('snapshot');
    expect(history('account.industry')).toBe('versioned');
    expect(history('account.churnedOn')).toBe('dated');
    expect(history('account.externalId')).toBe('now-only');
  });
});
