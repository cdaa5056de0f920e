import { addDays, type Day, toDay } from '../../../domain/calendar/day.js';
import { monthOf } from '../../../domain/calendar/month.js';
import { BUILT_IN_SIGNALS } from '../../../domain/signals/built-in.js';
import { aContext } from '../../../domain/signals/facts.factory.js';
import type { FactsToLoad } from './facts-to-load.js';
import { keepingFacts, keptThrough, latestTogether } from './kept-facts.js';

const asOf = toDay('2026-04-15');
const wanted: FactsToLoad = {
  asOf,
  through: asOf,
  past: false,
  timeZone: 'Etc/UTC',
  currency: 'EUR',
  rates: [],
  untrackedFeatures: [],
  seenOnly: new Set(['events']),
  needs: {} as FactsToLoad['needs'],
};
const keeping = (overrides: Partial<FactsToLoad> = {}, context = aContext({ asOf })) =>
  keepingFacts({ ...wanted, ...overrides }, [], context);

describe('the days that kept facts serve', () => {
  const ids = Array.from({ length: 256 }, (_, bucket) => `${bucket.toString(16).padStart(2, '0')}00`);

  it('end on a day of the bucket, so that every night loads its share', () => {
    const ends = (day: Day) => ids.map((id) => keptThrough(id, day, addDays(day, 31)));
    for (const day of [asOf, addDays(asOf, 1), addDays(asOf, 40)]) {
      const counts = new Map<Day, number>();
      for (const end of ends(day)) counts.set(end, (counts.get(end) ?? 0) + 1);
      expect([...counts.keys()].sort()).toEqual(Array.from({ length: 32 }, (_, index) => addDays(day, index)));
      expect(new Set(counts.values())).toEqual(new Set([8]));
    }
    // Loaded in between, they still end with their bucket's turn.
    const [id] = ids as [string];
    const end = keptThrough(id, asOf, addDays(asOf, 31));
    expect(keptThrough(id, end, addDays(end, 31))).toBe(end);
    expect(keptThrough(id, addDays(end, 1), addDays(end, 40))).toBe(addDays(end, 32));
  });

  it('end before the next exchange rate: amounts are converted where they are loaded', () => {
    const rates = ['2026-05-01', '2026-04-20', '2026-04-15'].map((from) => ({
      currency: 'USD',
      from: toDay(from),
      rate: 1,
    }));
    expect(latestTogether({ asOf, rates })).toBe(toDay('2026-04-19'));
    expect(keeping({ rates }).together.through).toBe(toDay('2026-04-19'));
    for (const id of ids) expect(keptThrough(id, asOf, toDay('2026-04-19'))).toBeLessThanOrEqual(toDay('2026-04-19'));
  });
});

describe('what facts were loaded for', () => {
  it('is the same on the next day, while it runs and when it has ended', () => {
    const { basis } = keeping();
    const next = addDays(asOf, 1);
    expect(keeping({ asOf: next, through: next }, aContext({ asOf: next })).basis).toBe(basis);
    expect(keeping({ past: true }, aContext({ asOf, lastClosedDay: asOf })).basis).toBe(basis);
  });

  it('is another with other rates, windows, features or sources', () => {
    const rate = { currency: 'USD', from: asOf, rate: 1.1 };
    const bases = [
      keeping(),
      keeping({ rates: [rate] }),
      keeping({ timeZone: 'Europe/Berlin' }),
      keeping({ untrackedFeatures: [3] }),
      keeping({ seenOnly: new Set() }),
      keeping({}, aContext({ asOf, windowDays: 30 })),
      keeping({}, aContext({ asOf, metricPeriods: { logins: 'week' } })),
      keeping({}, aContext({ asOf, activeContactsMetric: 'logins' })),
    ].map(({ basis }) => basis);
    expect(new Set(bases).size).toBe(bases.length);
  });
});

describe('what is loaded to be kept', () => {
  it('serves the close of the day as well, which asks for what was so on the day', () => {
    // Amounts of tomorrow are others: these facts serve this one day, while it runs and at its close.
    const rates = [{ currency: 'USD', from: addDays(asOf, 1), rate: 1 }];
    expect(keeping({ rates }).together).toMatchObject({ asOf, through: asOf, past: true });
  });

  it('holds February, which the last days of January and the first of March enclose', () => {
    const ofOneDay = BUILT_IN_SIGNALS.filter(({ compute }) => compute.source === 'usage').map((signal) => ({
      ...signal,
      windowDays: 1,
      change: null,
    }));
    const lastOfJanuary = toDay('2026-01-31');
    const context = aContext({ asOf: lastOfJanuary, windowDays: 1 });
    const { together } = keepingFacts({ ...wanted, asOf: lastOfJanuary, through: lastOfJanuary }, ofOneDay, context);
    const months = ['2026-02-01', '2026-03-01'].map((day) => monthOf(toDay(day)));
    expect(together.needs.usageMonths).toEqual(expect.arrayContaining(months));
  });
});
