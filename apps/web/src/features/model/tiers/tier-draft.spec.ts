import type { TierSetDraft } from '@steward/shared/model-drafts';
import type { Rule } from '@steward/shared/rules';
import { tierAt, tierFacts, withNewTier, withoutTier } from './tier-draft.js';

const RICH: Rule = { kind: 'compare', field: 'account.arr', op: 'gte', value: 100_000 };
const aTier = (key: string, rule: Rule | null): TierSetDraft['tiers'][number] => ({
  key,
  label: `Tier ${key.slice(1)}`,
  color: 'violet',
  rule,
  cadenceDays: 14,
  responseHours: 4,
  targetAccounts: 15,
});
const BODY: TierSetDraft = { tiers: [aTier('T1', RICH), aTier('T3', null)], holdDays: 30 };

it('puts a new tier above the fallback: it begins like the one above it, with a key and a colour that are free', () => {
  const { body, key } = withNewTier(BODY);
  expect(body.tiers.map((tier) => tier.key)).toEqual(['T1', key, 'T3']);
  expect(key).toBe('T4');
  expect(body.tiers[1]).toMatchObject({ rule: RICH, cadenceDays: 14, color: 'indigo' });
  expect(withoutTier(body, 1)).toEqual(BODY);
});

it('names a tier in the place of a problem', () => {
  expect(tierAt(BODY, 'tiers.0.rule.rules.1.field')).toBe('Tier 1');
  expect(tierAt(BODY, 'holdDays')).toBeNull();
});

it('says what a tier promises', () => {
  expect(tierFacts(aTier('T1', RICH))).toBe(
    'touch every 14 days · answer within 4 business hours · 15 accounts an owner',
  );
  expect(tierFacts({ cadenceDays: null, responseHours: null, targetAccounts: 1 })).toBe(
    'no touch expected · 1 account an owner',
  );
});
