/**
 * Rows of a fit by column: `columns[j][i]` is what row i has of feature j, `outcome[i]` 1 where the outcome came. Rows
 * count equally.
 */
export interface FitRows {
  columns: readonly Float64Array[];
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
export function fitLogistic(rows: FitRows, penalty: number): Fit {
  const { columns, outcome } = rows;
  const count = outcome.length;
  const events = outcome.reduce((sum, came) => sum + came, 0);
  const weights = columns.map(() => 0);
  if (events === 0 || events === count) return { intercept: 0, weights, objective: 0, steps: 0 };
  let at: Point = { intercept: Math.log(events / (count - events)), weights };
  let objective = objectiveAt(rows, at, penalty);
  let steps = 0;
  for (; steps < MOST_STEPS; steps += 1) {
    const { gradient, hessian } = derivativesAt(rows, at, penalty);
    const free = freeOf(at, gradient);
    const isThere = free.every((j) => Math.abs(gradient[j]!) < ENOUGH);
    if (isThere) break;
    const direction = newtonDirection(gradient, hessian, free);
    const next = lineSearch(rows, { at, objective, gradient, direction, penalty });
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

/** Linear predictor by row. */
function predictorAt({ columns, outcome }: FitRows, { intercept, weights }: Point): Float64Array {
  const predictor = new Float64Array(outcome.length).fill(intercept);
  columns.forEach((column, j) => {
    const weight = weights[j]!;
    if (weight === 0) return;
    for (let row = 0; row < column.length; row += 1) predictor[row]! -= weight * column[row]!;
  });
  return predictor;
}

function objectiveAt(rows: FitRows, at: Point, penalty: number): number {
  return meanLoss(rows, at) + (penalty / 2) * at.weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/** Mean log loss of rows under weights: 0 is certain and right, ln 2 tells nothing of even chances. NaN without rows. */
export function meanLoss(rows: FitRows, at: Pick<Fit, 'intercept' | 'weights'>): number {
  const predictor = predictorAt(rows, at);
  let loss = 0;
  for (let row = 0; row < predictor.length; row += 1) {
    loss += softplus(predictor[row]!) - (rows.outcome[row] === 1 ? predictor[row]! : 0);
  }
  return loss / predictor.length;
}

/** By coordinate: the intercept first, then the weights. */
interface Derivatives {
  gradient: Float64Array;
  hessian: Float64Array[];
}

function derivativesAt(rows: FitRows, at: Point, penalty: number): Derivatives {
  const { columns, outcome } = rows;
  const size = columns.length + 1;
  const count = outcome.length;
  const predictor = predictorAt(rows, at);
  const residue = new Float64Array(count);
  const curvature = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const chance = logistic(predictor[row]!);
    residue[row] = (chance - outcome[row]!) / count;
    curvature[row] = (chance * (1 - chance)) / count;
  }
  const gradient = new Float64Array(size);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  const bent = new Float64Array(count);
  for (let j = 0; j < size; j += 1) {
    const column = j === 0 ? null : columns[j - 1]!;
    let slope = 0;
    for (let row = 0; row < count; row += 1) {
      const value = column === null ? -1 : column[row]!;
      slope -= residue[row]! * value;
      bent[row] = curvature[row]! * value;
    }
    gradient[j] = slope + (j === 0 ? 0 : penalty * at.weights[j - 1]!);
    for (let k = 0; k <= j; k += 1) {
      const other = k === 0 ? null : columns[k - 1]!;
      let sum = 0;
      for (let row = 0; row < count; row += 1) sum += bent[row]! * (other === null ? -1 : other[row]!);
      hessian[j]![k] = sum;
      hessian[k]![j] = sum;
    }
    hessian[j]![j]! += j === 0 ? 0 : penalty;
  }
  return { gradient, hessian };
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
function lineSearch(rows: FitRows, search: Search): { at: Point; objective: number } | null {
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
    const reached = objectiveAt(rows, moved, penalty);
    if (promised < 0 && reached <= objective + SUFFICIENT * promised) return { at: moved, objective: reached };
  }
  return null;
}
