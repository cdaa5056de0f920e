import type { CatalogueField } from '@steward/shared/catalogue';
import {
  type ProfileDraft,
  profileDraftSchema,
  stageSetDraftSchema,
  tierSetDraftSchema,
} from '@steward/shared/model-drafts';
import fc from 'fast-check';
import { DEFAULT_PROFILES } from '../health/defaults.js';
import { DEFAULT_STAGE_SET } from '../lifecycle/defaults.js';
import { all, field, not } from '../rule-builders.js';
import { DEFAULT_TIER_SET } from '../tiers/defaults.js';
import { profileChanges } from './profile-changes.js';
import { stageChanges } from './stage-changes.js';
import { tierChanges } from './tier-changes.js';
import { isSame, type ModelNames } from './words.js';

const aField = (key: string, label: string, unit: string | null): CatalogueField => ({
  key,
  label,
  group: '',
  type: 'number',
  unit,
  description: '',
  stage: 'signals',
  history: 'snapshot',
  options: null,
  sortable: true,
  tracked: true,
});

const names: ModelNames = {
  catalogue: [
    aField('account.arr', 'ARR', 'USD'),
    aField('usage.seat_utilization', 'Seat utilisation', '%'),
    aField('commercial.tenure_days', 'Tenure', 'days'),
  ],
  segments: [],
  playbooks: [],
};

const tiers = () => tierSetDraftSchema.parse(structuredClone(DEFAULT_TIER_SET));
const stages = () => stageSetDraftSchema.parse(structuredClone(DEFAULT_STAGE_SET));
const profile = () => profileDraftSchema.parse(structuredClone(DEFAULT_PROFILES.at(-1)!.body));
const texts = (changes: readonly { text: string }[]) => changes.map(({ text }) => text);

describe('what changed between two tier sets', () => {
  const after = (change: (set: ReturnType<typeof tiers>) => unknown) => {
    const set = tiers();
    change(set);
    return texts(tierChanges(tiers(), set, names));
  };

  it('tells a threshold, what the tier promises, and the hold', () => {
    expect(
      after((set) => {
        set.tiers[0]!.rule = field('account.arr', 'gte', 80_000);
        set.tiers[0]!.cadenceDays = null;
        set.tiers[1]!.responseHours = 6;
        set.tiers[1]!.targetAccounts = 1_200;
        set.tiers[3]!.label = 'The rest';
        set.holdDays = 1;
      }),
    ).toEqual([
      'An account falls to a lower tier after 30 days → 1 day',
      'T1: ARR is at least 100,000 USD → ARR is at least 80,000 USD',
      'T1: a touch every 14 days → no touch expected',
      'T2: response within 8 → 6 business hours',
      'T2: 40 → 1,200 accounts for an owner',
      'T4: name “Tier 4” → “The rest”',
    ]);
  });

  it('tells tiers that came, went and changed places', () => {
    expect(
      after((set) => {
        const [first, second, third, last] = set.tiers as [any, any, any, any];
        set.tiers = [
          { ...first, key: 'T0', label: 'Whales', rule: field('account.arr', 'gte', 1e6) },
          third,
          first,
          last,
        ];
        void second;
      }),
    ).toEqual([
      'Tier T2 “Tier 2” removed',
      'Tier T0 “Whales” added as number 1: ARR is at least 1,000,000 USD',
      'Order: T1, T3, T4 → T3, T1, T4',
    ]);
  });

  it('of conditions that are joined alike tells only those that came or went', () => {
    const [big, old, used] = [
      field('account.arr', 'gte', 100),
      field('commercial.tenure_days', 'gt', 30),
      field('usage.seat_utilization', 'gte', 50),
    ];
    const between = (before: any, now: any) => {
      const [a, b] = [tiers(), tiers()];
      a.tiers[0]!.rule = before;
      b.tiers[0]!.rule = now;
      return texts(tierChanges(a, b, names));
    };
    expect(between(all(big, old), all(big, used))).toEqual([
      'T1: Tenure is more than 30 days → Seat utilisation is at least 50 %',
    ]);
    expect(between(all(big, old), all(big, old, used))).toEqual([
      'T1: now also asks: Seat utilisation is at least 50 %',
    ]);
    expect(between(all(big, old, used), all(big, old))).toEqual([
      'T1: no longer asks: Seat utilisation is at least 50 %',
    ]);
    expect(between(all(big, old), all(old, big))).toEqual(['T1: the same conditions in another order']);
    expect(between(big, not(big))).toEqual(['T1: ARR is at least 100 USD → not (ARR is at least 100 USD)']);
  });
});

describe('what changed between two sets of stages', () => {
  it('tells days, ways back, and where a status leads', () => {
    const set = stages();
    set.stages[2]!.expectedDays = 45;
    set.stages[2]!.stuckDays = null;
    set.stages[5]!.fallsBackTo = ['adoption', 'established'];
    set.stages[4]!.fallsBackTo = ['adoption'];
    set.onStatus.reactivated = 'adoption';
    expect(texts(stageChanges(stages(), set, names))).toEqual([
      'Onboarding: behind after 30 days → 45 days',
      'Onboarding: stuck after 60 days → no number of days',
      'Established: never falls back by itself → may fall back to Adoption',
      'Advocate: may fall back to Established → may fall back to Adoption, Established',
      'Who comes back as a customer enters Onboarding → Adoption',
    ]);
  });
});

describe('what changed between two versions of a health profile', () => {
  const after = (change: (body: ProfileDraft) => unknown) => {
    const body = profile();
    change(body);
    return texts(profileChanges(profile(), body, names));
  };

  it('tells a weight with the share that it makes', () => {
    // Adoption is 45 of 100; seat utilisation 3 of 10 in it: 13.5 %; with 5 of 12: 18.75 %.
    expect(after((body) => (body.groups[0]!.measures[0]!.weight = 5))).toEqual([
      'Weight of Seat utilisation 3 → 5 (share 13.5 % → 18.8 %)',
    ]);
    // 55 of 110.
    expect(after((body) => (body.groups[0]!.weight = 55))).toEqual([
      'Weight of the group Adoption 45 → 55 (share 45.0 % → 50.0 %)',
    ]);
  });

  it('tells anchors in the unit of the signal, and bands with their points', () => {
    expect(after((body) => (body.groups[0]!.measures[0]!.normalizer = { kind: 'linear', from: 20, to: 90 }))).toEqual([
      'Seat utilisation: 0 points at 10 %, 100 points at 70 % → 0 points at 20 %, 100 points at 90 %',
    ]);
    const bands = [
      { from: null, to: 10, score: 0 },
      { from: 10, to: 50, score: 60 },
      { from: 50, to: null, score: 100 },
    ];
    expect(after((body) => (body.groups[0]!.measures[0]!.normalizer = { kind: 'bands', bands }))[0]).toMatch(
      /→ points by band \(below 10 %: 0; 10 to below 50 %: 60; from 50 %: 100\)$/,
    );
  });

  it('tells measures that came, went and moved, caps, bands and the coverage', () => {
    expect(
      after((body) => {
        const [adoption, engagement] = body.groups;
        engagement!.measures.push(adoption!.measures.shift()!);
        body.limits[0]!.at = 20;
        body.limits.splice(3, 1);
        body.bands = { watchFrom: 35, healthyFrom: 71 };
        body.minCoverage = 60;
      }),
    ).toEqual([
      'Seat utilisation moved from Adoption to Engagement',
      'Cap “notice given” removed',
      'Cap “no activity for 28 days”: at 30 → 20 points',
      'Watch begins at 31 → 35 points',
      'A score needs data for 50 → 60 % of the weight',
    ]);
  });
});

describe('laws of what changed', () => {
  const number = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
  const rule = fc.constantFrom(
    null,
    field('account.arr', 'gte', 1),
    all(field('account.arr', 'gte', 1), field('a.b', 'gte', 2)),
  );
  const tier = fc.record({
    key: fc.constantFrom('A', 'B', 'C', ''),
    label: fc.constantFrom('x', 'y'),
    color: fc.constantFrom('red', 'blue'),
    rule,
    cadenceDays: number,
    responseHours: number,
    targetAccounts: number,
  });
  const tierSet = fc.record({ tiers: fc.array(tier, { maxLength: 4 }), holdDays: number });
  const measure = fc.record({
    signal: fc.constantFrom('a.a', 'b.b', 'c.c'),
    weight: number,
    normalizer: fc.record({ kind: fc.constant('linear' as const), from: number, to: number }),
  });
  const group = fc.record({
    key: fc.constantFrom('g', 'h'),
    label: fc.constantFrom('G', 'H'),
    weight: number,
    measures: fc.array(measure, { maxLength: 3 }),
  });
  const body: fc.Arbitrary<ProfileDraft> = fc.record({
    scope: rule,
    groups: fc.uniqueArray(group, { maxLength: 2, selector: ({ key }) => key }),
    limits: fc.constant<ProfileDraft['limits']>([]),
    bands: fc.record({ watchFrom: number, healthyFrom: number }),
    minCoverage: number,
    pulseGap: number,
  });

  it('nothing is told exactly where two bodies say the same', () => {
    fc.assert(
      fc.property(tierSet, tierSet, (a, b) => {
        expect(tierChanges(a, structuredClone(a), names)).toEqual([]);
        expect(tierChanges(a, b, names).length === 0).toBe(isSame(a, b));
      }),
    );
    fc.assert(
      fc.property(body, body, (a, b) => {
        expect(profileChanges(a, structuredClone(a), names)).toEqual([]);
        expect(profileChanges(a, b, names).length === 0).toBe(isSame(a, b));
      }),
    );
  });
});
