import { inWords } from '@steward/shared/alert-reason';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { ScoreExplanation } from '@steward/shared/health';

const MOST_LINES = 3;
/** What costs less is not worth a line. */
const LEAST_POINTS = 1;

/**
 * A score in at most three lines: the cap or floor that decides it, then the measures that cost most, each with its value
 * and the points it costs.
 */
export function whyInLines(
  { score, coverage, minCoverage, limits, measures }: ScoreExplanation,
  fieldOf: (signal: string) => CatalogueField | undefined,
): string[] {
  if (score === null) {
    const known = coverage === null ? 'nothing' : `${Math.floor(coverage)} %`;
    return [`No score: ${known} of what counts is known, and ${minCoverage} % is needed.`];
  }
  const decisive = limits
    .filter((limit) => limit.decisive)
    .map(({ kind, at, reason }) => `${kind === 'cap' ? 'Capped' : 'Raised'} to ${at}: ${reason}`);
  const costly = measures
    .filter(({ value, pointsLost }) => value !== null && pointsLost >= LEAST_POINTS)
    .map(({ signal, value, pointsLost }) => {
      const field = fieldOf(signal);
      const words = field === undefined ? String(value) : inWords({ value, field });
      return `${field?.label ?? signal}: ${words} (−${Math.round(pointsLost)} points)`;
    });
  const lines = [...decisive, ...costly].slice(0, MOST_LINES);
  return lines.length > 0 ? lines : ['Every measure that counts is at its best.'];
}
