import type { ModelProblem } from '@steward/shared/model-versions';

/** What is wrong at a place itself: `tiers.0.label`. */
export const problemAt = (problems: readonly ModelProblem[], place: string): string | undefined =>
  problems.find(({ path, severity }) => severity === 'error' && path === place)?.message;

/** What to weigh at a place, though it keeps nobody from publishing. */
export const warningAt = (problems: readonly ModelProblem[], place: string): string | undefined =>
  problems.find(({ path, severity }) => severity === 'warning' && path === place)?.message;

const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}.`);

/** What is wrong within a place, each by its path from there: of a rule `rules.1.field`, empty for the whole. */
export const problemsWithin = (
  problems: readonly ModelProblem[],
  place: string,
): { path: string; message: string; severity: ModelProblem['severity'] }[] =>
  problems
    .filter(({ path }) => isWithin(path, place))
    .map(({ path, message, severity }) => ({ path: path.slice(place.length + 1), message, severity }));

export const errorsOf = (problems: readonly ModelProblem[]): ModelProblem[] =>
  problems.filter(({ severity }) => severity === 'error');
export const warningsOf = (problems: readonly ModelProblem[]): ModelProblem[] =>
  problems.filter(({ severity }) => severity === 'warning');
