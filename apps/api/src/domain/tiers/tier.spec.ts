import { tierSetBodySchema } from '@steward/shared/tiers';
import fc from 'fast-check';
import { addDays, type Day, toDay } from '../calendar/day.js';
import { DEFAULT_TIER_SET } from './defaults.js';
import { cadenceDaysByTier, rawTierOf, tierOfDay } from './tier.js';

const today = toDay('2026-04-15');
const ring = (...last: (string | null)[]) => [...new Array<string | null>(30 - last.length).fill(null), ...last];

describe('tiers', () => {
  it('the default set is valid and ends with the fallback', () => {
    expect(tierSetBodySchema.parse(DEFAULT_TIER_SET)).toEqual(DEFAULT_TIER_SET);
    expect(cadenceDaysByTier(DEFAULT_TIER_SET)).toEqual({ T1: 14, T2: 30, T3: 90, T4: null });
  });

  it('the first rule that holds gives the raw tier, the last tier takes the rest', () => {
    expect(rawTierOf(DEFAULT_TIER_SET, [false, true, true, false])).toBe('T2');
    expect(rawTierOf(DEFAULT_TIER_SET, [false, false, false, false])).toBe('T4');
  });

  it('rises at once', () => {
    expect(tierOfDay(DEFAULT_TIER_SET, 'T1', ring('T3', 'T3'), null, today).tier).toBe('T1');
  });

  it('falls after 30 days without anything better', () => {
    const after = (days: number) => {
      const raw = ['T1', ...new Array<string>(days - 1).fill('T3')];
      return tierOfDay(DEFAULT_TIER_SET, 'T3', ring(...raw.slice(-30)), null, today).tier;
    };
    expect(after(29)).toBe('T1');
    expect(after(30)).toBe('T3');
  });

  it('a person’s tier holds from its first to its last day', () => {
    const override = { tier: 'T1', from: today, until: addDays(today, 10) };
    const on = (day: Day) => tierOfDay(DEFAULT_TIER_SET, 'T4', ring(), override, day);
    expect(on(addDays(today, -1)).tier).toBe('T4');
    expect(on(today)).toEqual({ tier: 'T1', rawTier: 'T4', reason: 'person' });
    expect(on(addDays(today, 10)).tier).toBe('T1');
    expect(on(addDays(today, 11))).toEqual({ tier: 'T4', rawTier: 'T4', reason: 'rule' });
  });

  it('a tier that no longer exists counts neither by ring nor by hand', () => {
    expect(
      tierOfDay(DEFAULT_TIER_SET, 'T4', ring('gold'), { tier: 'gold', from: today, until: null }, today).tier,
    ).toBe('T4');
  });

  it('is never worse than the raw tier of the day', () => {
    const key = fc.constantFrom('T1', 'T2', 'T3', 'T4');
    fc.assert(
      fc.property(key, fc.array(fc.option(key), { minLength: 30, maxLength: 30 }), (raw, before) => {
        const { tier } = tierOfDay(DEFAULT_TIER_SET, raw, before, null, today);
        const seen = [...before.slice(1), raw].filter((each) => each !== null).sort();
        expect(tier).toBe(seen[0]);
      }),
    );
  });
});
