import type { ScoreChange } from '@steward/shared/health';
import fc from 'fast-check';
import { changeLines } from './change-lines.js';

const cents = (value: number) => Math.round(value * 100) / 100;

function aChange(some: Partial<ScoreChange>): ScoreChange {
  const change: ScoreChange = {
    from: { day: '2026-03-16', score: 60 },
    to: { day: '2026-04-15', score: 60 },
    total: 0,
    model: 0,
    measures: [],
    data: { points: 0, appeared: [], vanished: [] },
    limits: { points: 0, started: [], ended: [] },
    ...some,
  };
  const total = cents(
    change.model +
      change.data.points +
      change.limits.points +
      change.measures.reduce((sum, each) => sum + each.points, 0),
  );
  return { ...change, total, to: { ...change.to, score: cents(change.from.score + total) } };
}
const measure = (signal: string, points: number) => ({ signal, points, valueThen: 1, valueNow: 2 });

it('runs from the first score to the last without a gap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -2000, max: 2000 }), { maxLength: 8 }),
      fc.integer({ min: -500, max: 500 }),
      (points, model) => {
        const change = aChange({
          measures: points.map((each, index) => measure(`usage.m${index}`, each / 100)),
          model: model / 100,
        });
        const lines = changeLines(change);
        let at = change.from.score;
        for (const line of lines) {
          expect(line.from).toBeCloseTo(at, 6);
          at = line.to;
        }
        expect(at).toBeCloseTo(change.to.score, 6);
      },
    ),
  );
});

it('puts the largest measures first and the model’s own change last, apart', () => {
  const lines = changeLines(
    aChange({
      model: -16,
      measures: [measure('usage.small', 1), measure('usage.large', -8)],
      data: { points: 2, appeared: ['sentiment.nps'], vanished: [] },
      limits: { points: -3, started: ['unpaid'], ended: [] },
    }),
  );
  expect(lines.map((line) => line.key)).toEqual(['usage.large', 'usage.small', 'data', 'limits', 'model']);
});

it('leaves out what moved nothing', () => {
  expect(changeLines(aChange({ measures: [measure('usage.same', 0)] }))).toEqual([]);
});
