import fc from 'fast-check';
import { randomOf } from '../sample/random.js';
import type { Fit, FitRows } from './logistic.js';
import * as logistic from './logistic.js';
import { atOnce } from './steps.js';

const fitLogistic = (rows: FitRows, penalty: number) => atOnce(logistic.fitLogistic(rows, penalty));
const meanLoss = (rows: FitRows, at: Pick<Fit, 'intercept' | 'weights'>) => atOnce(logistic.meanLoss(rows, at));

function rowsFrom(seed: string, count: number, weights: readonly number[], intercept: number): FitRows {
  const random = randomOf(seed);
  const columns = weights.map(() => new Float32Array(count));
  const outcome = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    let predictor = intercept;
    weights.forEach((weight, j) => {
      columns[j]![row] = random.next() - 0.5;
      predictor -= weight * columns[j]![row]!;
    });
    outcome[row] = random.chance(1 / (1 + Math.exp(-predictor))) ? 1 : 0;
  }
  return { columns, outcome };
}

const shuffled = ({ columns, outcome }: FitRows, seed: string): FitRows => {
  const random = randomOf(seed);
  const order = Array.from(outcome, (_, row) => row);
  for (let at = order.length - 1; at > 0; at -= 1) {
    const to = random.between(0, at);
    [order[at], order[to]] = [order[to]!, order[at]!];
  }
  return {
    columns: columns.map((column) => Float32Array.from(order, (row) => column[row]!)),
    outcome: Uint8Array.from(order, (row) => outcome[row]!),
  };
};

describe('a fit of weights', () => {
  it('finds the weights that made the outcomes', () => {
    const { weights, intercept } = fitLogistic(rowsFrom('known', 40_000, [3, 1, 0], -1.5), 1e-6);
    expect(weights[0]).toBeGreaterThan(2.8);
    expect(weights[0]).toBeLessThan(3.2);
    expect(weights[1]).toBeGreaterThan(0.85);
    expect(weights[1]).toBeLessThan(1.15);
    expect(weights[2]).toBeLessThan(0.1);
    expect(intercept).toBeCloseTo(-1.5, 0);
  });

  it('never makes the outcome likelier by more points', () => {
    const { weights } = fitLogistic(rowsFrom('wrong way', 5_000, [2, -2], -1), 1e-4);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(1.5);
  });

  it('says nothing of rows of one kind, of no rows, and of a column that never changes', () => {
    const none: FitRows = { columns: [new Float32Array([1, 2])], outcome: new Uint8Array([0, 0]) };
    expect(fitLogistic(none, 0.1).weights).toEqual([0]);
    expect(fitLogistic({ columns: [new Float32Array()], outcome: new Uint8Array() }, 0.1).weights).toEqual([0]);
    const still = rowsFrom('still', 500, [2], -1);
    const { weights } = fitLogistic({ ...still, columns: [...still.columns, new Float32Array(500)] }, 0.01);
    expect(weights[1]).toBe(0);
  });

  it('stays finite where the outcomes are separated wholly', () => {
    const columns = [Float32Array.from({ length: 40 }, (_, row) => (row < 20 ? -0.5 : 0.5))];
    const outcome = Uint8Array.from({ length: 40 }, (_, row) => (row < 20 ? 1 : 0));
    const { weights } = fitLogistic({ columns, outcome }, 0.001);
    expect(Number.isFinite(weights[0])).toBe(true);
    expect(weights[0]).toBeGreaterThan(3);
  });

  it('is the minimum: no small step with weights of 0 or more does better', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.constantFrom(0.3, 0.03, 0.003), (seed, penalty) => {
        const rows = rowsFrom(`minimum ${seed}`, 200, [2, 0.5, -1], -1);
        const fit = fitLogistic(rows, penalty);
        const objective = (weights: readonly number[], intercept: number) =>
          meanLoss(rows, { weights: [...weights], intercept }) +
          (penalty / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
        const least = objective(fit.weights, fit.intercept);
        for (const step of [-1e-3, 1e-3]) {
          expect(objective(fit.weights, fit.intercept + step)).toBeGreaterThanOrEqual(least - 1e-12);
          fit.weights.forEach((weight, j) => {
            const moved = fit.weights.map((each, k) => (k === j ? Math.max(0, weight + step) : each));
            expect(objective(moved, fit.intercept)).toBeGreaterThanOrEqual(least - 1e-12);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of rows and columns', () => {
    const rows = rowsFrom('order', 1_000, [2, 1, 0.5], -1);
    const fit = fitLogistic(rows, 0.01);
    const other = fitLogistic(shuffled(rows, 'other'), 0.01);
    const turned = fitLogistic({ ...rows, columns: [...rows.columns].reverse() }, 0.01);
    fit.weights.forEach((weight, j) => {
      expect(other.weights[j]).toBeCloseTo(weight, 7);
      expect(turned.weights[fit.weights.length - 1 - j]).toBeCloseTo(weight, 7);
    });
  });

  it('scales: a column of twice the size has half the weight, under a quarter of the penalty', () => {
    const rows = rowsFrom('scale', 2_000, [2], -1);
    const double = { ...rows, columns: [rows.columns[0]!.map((value) => value * 2)] };
    expect(fitLogistic(double, 0.04).weights[0]).toBeCloseTo(fitLogistic(rows, 0.01).weights[0]! / 2, 6);
  });

  it('is the same with every row twice', () => {
    const rows = rowsFrom('twice', 500, [2, 1], -1);
    const twice = {
      columns: rows.columns.map((column) => Float32Array.from([...column, ...column])),
      outcome: Uint8Array.from([...rows.outcome, ...rows.outcome]),
    };
    fitLogistic(rows, 0.01).weights.forEach((weight, j) => {
      expect(fitLogistic(twice, 0.01).weights[j]).toBeCloseTo(weight, 7);
    });
  });

  it('shrinks weights the more, the stronger the ridge', () => {
    const rows = rowsFrom('ridge', 1_000, [3, 1], -1);
    const norms = [0.001, 0.01, 0.1, 1].map((penalty) => Math.hypot(...fitLogistic(rows, penalty).weights));
    expect(norms).toEqual([...norms].sort((a, b) => b - a));
  });
});
