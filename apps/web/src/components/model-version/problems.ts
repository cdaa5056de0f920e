import type { ModelProblem } from '@steward/shared/model-versions';

/** As a sentence of its own begins. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Problems as a person reads them in a list: each with the name of its place, where there is one. */
export const problemSentences = (
  problems: readonly ModelProblem[],
  nameOf: (path: string) => string | null,
): string[] => [
  ...new Set(
    problems.map(({ path, message }) => {
      const name = nameOf(path);
      return name === null ? capital(message) : `${name}: ${message}`;
    }),
  ),
];

/** What is wrong at a place itself: `tiers.0.label`. */
export const problemAt = (problems: readonly ModelProblem[], place: string): string | undefined =>
  sentenceAt(problems, place, 'error');

/** What to weigh at a place, though it keeps nobody from publishing. */
export const warningAt = (problems: readonly ModelProblem[], place: string): string | undefined =>
  sentenceAt(problems, place, 'warning');

function sentenceAt(
  problems: readonly ModelProblem[],
  place: string,
  wanted: ModelProblem['severity'],
): string | undefined {
  const found = problems.find(({ path, severity }) => severity === wanted && path === place);
  return found === undefined ? undefined : capital(found.message);
}

const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}.`);

/** What is wrong within a place, each by its path from there: of a rule `rules.1.field`, empty for the whole. */
export const problemsWithin = (
  problems: readonly ModelProblem[],
  place: string,
): { path: string; message: string; severity: ModelProblem['severity'] }[] =>
  problems
    .filter(({ path }) => isWithin(path, place))
    .map(({ path, message, severity }) => ({
      path: path.slice(place.length + 1),
      message: capital(message),
      severity,
    }));

export const errorsOf = (problems: readonly ModelProblem[]): ModelProblem[] =>
  problems.filter(({ severity }) => severity === 'error');
export const warningsOf = (problems: readonly ModelProblem[]): ModelProblem[] =>
  problems.filter(({ severity }) => severity === 'warning');
