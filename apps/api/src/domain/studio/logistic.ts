import type { Steps } from './steps.js';

/**
 * Rows of a fit by column: `columns[j][i]` is what row i has of feature j, `outcome[i]` 1 where the outcome came. Rows
 * count equally.
 */
export interface FitRows {
  columns: readonly Float32Array[];
  outcome: Uint8Array;
}

export interface Fit {
  intercept: number;
  /** Never negative: more of a feature never makes the outcome likelier. */
  weights: number[];
  /** Mean loss + penalty, as minimised. */
  objective: number;
  steps: number;
}

const MOST_STEPS = 200;
const ENOUGH = 1e-10;
/** How much of a step's promised gain must come (Armijo). */
const SUFFICIENT = 1e-4;
/** Keeps the curvature of features that hardly move from vanishing. */
const LEAST_CURVATURE = 1e-12;
/** Rows that are taken in one go: others get their turn after them, and what is kept of each row stays small. */
const BLOCK = 8_192;

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * Weights w ≥ 0 and intercept b that minimise mean log loss + penalty ÷ 2 · Σ w², where the chance of the outcome is
 * logistic(b − Σ w·x): a ridge keeps the weights small, and the sign is that of the normaliser (more points, healthier).
 * The intercept is not penalised. Solved by Newton steps over the weights that are not held at 0, projected onto w ≥ 0 and
 * halved until they gain (projected Newton: Bertsekas 1982). The problem is convex, so that the order of rows and columns
 * changes nothing, and the same rows give the same weights on every machine.
 *
 * Without rows of both outcomes there is nothing to fit: all weights are 0.
 */
export function* fitLogistic(rows: FitRows, penalty: number): Steps<Fit> {
  const { columns, outcome } = rows;
  const count = outcome.length;
  const events = outcome.reduce((sum, came) => sum + came, 0);
  const weights = columns.map(() => 0);
  if (events === 0 || events === count) return { intercept: 0, weights, objective: 0, steps: 0 };
  let at: Point = { intercept: Math.log(events / (count - events)), weights };
  let objective = yield* objectiveAt(rows, at, penalty);
  let steps = 0;
  for (; steps < MOST_STEPS; steps += 1) {
    const { gradient, hessian } = yield* derivativesAt(rows, at, penalty);
    const free = freeOf(at, gradient);
    const isThere = free.every((j) => Math.abs(gradient[j]!) < ENOUGH);
    if (isThere) break;
    const direction = newtonDirection(gradient, hessian, free);
    const next = yield* lineSearch(rows, { at, objective, gradient, direction, penalty });
    if (next === null) break;
    const gained = objective - next.objective;
    at = next.at;
    objective = next.objective;
    if (gained < 1e-14 * Math.max(1, Math.abs(objective))) break;
  }
  return { ...at, objective, steps };
}

interface Point {
  intercept: number;
  weights: readonly number[] & number[];
}

/** Linear predictor of the rows from `from` on, as many as `predictor` holds. */
function predict(
  { columns }: FitRows,
  { intercept, weights }: Pick<Fit, 'intercept' | 'weights'>,
  from: number,
  predictor: Float64Array,
) {
  predictor.fill(intercept);
  columns.forEach((column, j) => {
    const weight = weights[j]!;
    if (weight === 0) return;
    for (let row = 0; row < predictor.length; row += 1) predictor[row]! -= weight * column[from + row]!;
  });
}

/** The rows in blocks: where each begins, and room for a figure of each of its rows. */
function* blocksOf({ outcome }: FitRows): Generator<{ from: number; room: Float64Array }> {
  const whole = new Float64Array(Math.min(BLOCK, outcome.length));
  for (let from = 0; from < outcome.length; from += BLOCK) {
    yield { from, room: whole.subarray(0, Math.min(BLOCK, outcome.length - from)) };
  }
}

function* objectiveAt(rows: FitRows, at: Point, penalty: number): Steps<number> {
  const loss = yield* meanLoss(rows, at);
  return loss + (penalty / 2) * at.weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/** Mean log loss of rows under weights: 0 is certain and right, ln 2 tells nothing of even chances. NaN without rows. */
export function* meanLoss(rows: FitRows, at: Pick<Fit, 'intercept' | 'weights'>): Steps<number> {
  let loss = 0;
  for (const { from, room: predictor } of blocksOf(rows)) {
    predict(rows, at, from, predictor);
    for (let row = 0; row < predictor.length; row += 1) {
      loss += softplus(predictor[row]!) - (rows.outcome[from + row] === 1 ? predictor[row]! : 0);
    }
    yield;
  }
  return loss / rows.outcome.length;
}

/** By coordinate: the intercept first, then the weights. */
interface Derivatives {
  gradient: Float64Array;
  hessian: Float64Array[];
}

function* derivativesAt(rows: FitRows, at: Point, penalty: number): Steps<Derivatives> {
  const { columns, outcome } = rows;
  const size = columns.length + 1;
  const count = outcome.length;
  const gradient = new Float64Array(size);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  const [curvatures, bends] = [new Float64Array(BLOCK), new Float64Array(BLOCK)];
  for (const { from, room: residue } of blocksOf(rows)) {
    predict(rows, at, from, residue);
    for (let row = 0; row < residue.length; row += 1) {
      const chance = logistic(residue[row]!);
      residue[row] = (chance - outcome[from + row]!) / count;
      curvatures[row] = (chance * (1 - chance)) / count;
    }
    for (let j = 0; j < size; j += 1) {
      const column = j === 0 ? null : columns[j - 1]!;
      let slope = 0;
      for (let row = 0; row < residue.length; row += 1) {
        const value = column === null ? -1 : column[from + row]!;
        slope -= residue[row]! * value;
        bends[row] = curvatures[row]! * value;
      }
      gradient[j]! += slope;
      for (let k = 0; k <= j; k += 1)
        hessian[j]![k]! += sumOfProducts(bends, k === 0 ? null : columns[k - 1]!, from, residue.length);
    }
    yield;
  }
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k < j; k += 1) hessian[k]![j] = hessian[j]![k]!;
    if (j === 0) continue;
    gradient[j]! += penalty * at.weights[j - 1]!;
    hessian[j]![j]! += penalty;
  }
  return { gradient, hessian };
}

/** Of each row of a block with its value in the column; without a column it is that of the intercept, −1. */
function sumOfProducts(bends: Float64Array, column: Float32Array | null, from: number, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += bends[row]! * (column === null ? -1 : column[from + row]!);
  return sum;
}

/** The intercept, and the weights that are above 0 or want to be. */
function freeOf({ weights }: Point, gradient: Float64Array): number[] {
  const free = [0];
  weights.forEach((weight, j) => {
    if (weight > 0 || gradient[j + 1]! < 0) free.push(j + 1);
  });
  return free;
}

function newtonDirection(gradient: Float64Array, hessian: readonly Float64Array[], free: readonly number[]) {
  const matrix = free.map((j) => Float64Array.from(free, (k) => hessian[j]![k]! + (j === k ? LEAST_CURVATURE : 0)));
  const solved = solve(
    matrix,
    Float64Array.from(free, (j) => -gradient[j]!),
  );
  const direction = new Float64Array(gradient.length);
  free.forEach((j, place) => {
    direction[j] = solved[place]!;
  });
  return direction;
}

/** Solves a symmetric positive definite system (Cholesky). */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map(() => new Float64Array(size));
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      let sum = matrix[j]![k]!;
      for (let i = 0; i < k; i += 1) sum -= lower[j]![i]! * lower[k]![i]!;
      lower[j]![k] = j === k ? Math.sqrt(Math.max(sum, LEAST_CURVATURE)) : sum / lower[k]![k]!;
    }
  }
  const forward = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    let sum = right[j]!;
    for (let i = 0; i < j; i += 1) sum -= lower[j]![i]! * forward[i]!;
    forward[j] = sum / lower[j]![j]!;
  }
  const solved = new Float64Array(size);
  for (let j = size - 1; j >= 0; j -= 1) {
    let sum = forward[j]!;
    for (let i = j + 1; i < size; i += 1) sum -= lower[i]![j]! * solved[i]!;
    solved[j] = sum / lower[j]![j]!;
  }
  return solved;
}

interface Search {
  at: Point;
  objective: number;
  gradient: Float64Array;
  direction: Float64Array;
  penalty: number;
}

/** The longest of the halved steps, projected, that gains enough; null: none does, the minimum is reached. */
function* lineSearch(rows: FitRows, search: Search): Steps<{ at: Point; objective: number } | null> {
  const { at, objective, gradient, direction, penalty } = search;
  for (let length = 1; length > 1e-12; length /= 2) {
    const moved: Point = {
      intercept: at.intercept + length * direction[0]!,
      weights: at.weights.map((weight, j) => Math.max(0, weight + length * direction[j + 1]!)),
    };
    const promised = moved.weights.reduce(
      (sum, weight, j) => sum + gradient[j + 1]! * (weight - at.weights[j]!),
      gradient[0]! * (moved.intercept - at.intercept),
    );
    const reached = yield* objectiveAt(rows, moved, penalty);
    if (promised < 0 && reached <= objective + SUFFICIENT * promised) return { at: moved, objective: reached };
  }
  return null;
}
