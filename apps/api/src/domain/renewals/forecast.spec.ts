import { DEFAULT_WORKSPACE_SETTINGS } from '@steward/shared/workspace';
import { type ForecastGiven, forecastOf } from './forecast.js';

const chances = DEFAULT_WORKSPACE_SETTINGS.renewalChance;
const forecast = (overrides: Partial<ForecastGiven> = {}) =>
  forecastOf(
    { amountMinor: 10_000, category: null, forecastAmountMinor: null, band: 'healthy', leaving: false, ...overrides },
    chances,
  );

describe('the forecast of a renewal', () => {
  it.each([
    ['healthy', 90],
    ['watch', 70],
    ['at_risk', 40],
    ['unknown', 70],
    [null, 70],
  ] as const)('is likely by default, with the probability of the band %s', (band, probability) => {
    expect(forecast({ band })).toEqual({
      category: 'likely',
      amountMinor: 10_000,
      probability,
      weightedMinor: probability * 100,
      from: 'default',
    });
  });

  it('is what somebody said', () => {
    expect(forecast({ category: 'commit' })).toMatchObject({ probability: 100, weightedMinor: 10_000, from: 'person' });
    expect(forecast({ category: 'lost' })).toMatchObject({ probability: 0, weightedMinor: 0 });
    expect(forecast({ category: 'atRisk' })).toMatchObject({ probability: 40, weightedMinor: 4_000 });
    expect(forecast({ forecastAmountMinor: 5_001 })).toMatchObject({ weightedMinor: 4_501, from: 'person' });
  });

  it('is nothing for an account that leaves, whatever was said', () => {
    expect(forecast({ category: 'commit', leaving: true })).toEqual({
      category: 'lost',
      amountMinor: 0,
      probability: 0,
      weightedMinor: 0,
      from: 'leaving',
    });
  });

  it('weighs nothing where the amount is not known', () => {
    expect(forecast({ amountMinor: null })).toMatchObject({ amountMinor: null, weightedMinor: null });
  });
});
