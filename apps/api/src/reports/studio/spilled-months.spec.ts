import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { aProfile } from '../../domain/health/profile.factory.js';
import { anObservation, MONTH_ENDS, syntheticHistory } from '../../domain/studio/observations.factory.js';
import { BAND_ORDER, monthsBetween, type Observation, ObservationsBuilder } from '../../domain/studio/observations.js';
import { atOnce } from '../../domain/studio/steps.js';
import { storedInMemory } from '../../domain/studio/stored-months.js';
import { suggestWeights } from '../../domain/studio/suggest.js';
import { SpilledMonths } from './spilled-months.js';

const folder = mkdtempSync(join(tmpdir(), 'spilled-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DAYS = MONTH_ENDS.slice(0, 4);
const hundredth = fc.option(fc.integer({ min: 0, max: 10_000 }).map((places) => places / 100));

/** Any observations of four month-ends, in their order; some month-ends may have none. */
const observed: fc.Arbitrary<Observation[]> = fc
  .array(
    fc.record({
      account: fc.nat(40),
      month: fc.nat(DAYS.length - 1),
      score: hundredth,
      band: fc.constantFrom(...BAND_ORDER),
      coverage: hundredth,
      after: fc.option(fc.nat(90)),
      limits: fc.subarray([0, 3, 7]),
      points: fc.tuple(hundredth, hundredth),
    }),
    { maxLength: 60 },
  )
  .map((seen) =>
    seen
      .sort((a, b) => a.month - b.month)
      .map(({ after, ...rest }) => ({
        ...rest,
        outcomeDay: after === null ? null : ((DAYS[rest.month]! + after) as never),
      })),
  );

it('what is read of a month-end is what was put down of it, and its sums are those of all', () => {
  fc.assert(
    fc.property(observed, (seen) => {
      const held = new ObservationsBuilder(DAYS, 2);
      const spilled = new SpilledMonths(folder, 'property', DAYS, 2);
      for (const each of seen) for (const into of [held, spilled]) into.add(each);
      const [all, stored] = [held.done(), spilled.done()];
      for (const month of DAYS.keys()) expect(stored.read(month)).toEqual(monthsBetween(all, month, month + 1));
      const { read: _, ...known } = stored;
      expect(known).toEqual({ ...storedInMemory(all), read: undefined });
      spilled.close();
    }),
    { numRuns: 60 },
  );
});

it('weights are the same from a file as from memory', () => {
  const history = syntheticHistory({ seed: 'file', accounts: 300, weights: [3, 1, 0], intercept: 0, missing: 0.2 });
  const signals = ['s.a', 's.b', 's.c'];
  const asked = {
    body: aProfile({ use: [1, { 's.a': 1, 's.b': 1, 's.c': 1 }] }),
    measures: signals.map((signal) => ({ signal, label: signal, group: 'use', share: 33, connected: true })),
    connected: MONTH_ENDS.map(() => new Set(signals)),
    outcome: 'churn' as const,
    horizonDays: 60,
  };
  const spilled = new SpilledMonths(folder, 'weights', MONTH_ENDS, 3);
  for (let at = 0; at < history.size; at += 1) {
    const after = history.outcomeAfter[at]!;
    const month = history.month[at]!;
    spilled.add(
      anObservation({
        account: history.account[at],
        month,
        score: history.score[at]! / 100,
        outcomeDay: after < 0 ? null : ((MONTH_ENDS[month]! + after) as never),
        points: history.measures.map((points) => (points[at]! < 0 ? null : points[at]! / 100)),
      }),
    );
  }
  const found = atOnce(suggestWeights(spilled.done(), asked));
  expect(found.refusal).toBeNull();
  expect(found).toEqual(atOnce(suggestWeights(storedInMemory(history), asked)));
  spilled.close();
});

it('a month-end that is begun again is put down once, and no file is left behind', () => {
  const spilled = new SpilledMonths(folder, 'again', DAYS, 0);
  spilled.beginMonth(1);
  spilled.add(anObservation({ account: 5, month: 1 }));
  spilled.beginMonth(1);
  spilled.add(anObservation({ account: 6, month: 1 }));
  const { months, read, accounts } = spilled.done();
  expect(months.map(({ size }) => size)).toEqual([0, 1, 0, 0]);
  expect([...read(1).account]).toEqual([6]);
  expect(accounts).toBe(7);
  expect(() => spilled.beginMonth(1)).toThrow(RangeError);
  expect(readdirSync(folder)).toEqual([]);
  spilled.close();
});
