import type { CatalogueField } from '@steward/shared/catalogue';
import type { ExplainedMeasure, ScoreExplanation } from '@steward/shared/health';
import { whyInLines } from './why.js';

const measure = (signal: string, value: number | null, pointsLost: number) =>
  ({ signal, value, pointsLost }) as ExplainedMeasure;
const explained = (given: Partial<ScoreExplanation>): ScoreExplanation => ({
  score: 40,
  band: 'watch',
  beforeLimits: 40,
  limitPoints: 0,
  coverage: 100,
  minCoverage: 50,
  connectedMeasures: 4,
  countedMeasures: 4,
  measures: [],
  limits: [],
  leftOut: [],
  ...given,
});
const field = (label: string) => ({ label, type: 'percent', unit: '%', options: null }) as unknown as CatalogueField;
const lines = (given: Partial<ScoreExplanation>) => whyInLines(explained(given), field);

describe('why a score is what it is', () => {
  it('begins with the cap that decides it, and ends after three lines', () => {
    const cap = { key: 'quiet', kind: 'cap' as const, at: 30, reason: 'No activity for 28 days', decisive: true };
    const other = { ...cap, key: 'unpaid', at: 70, decisive: false };
    const measures = [measure('a', 10, 30), measure('b', 20, 20), measure('c', 30, 10)];
    expect(lines({ limits: [other, cap], measures })).toEqual([
      'Capped to 30: No activity for 28 days',
      'a: 10 % (−30 points)',
      'b: 20 % (−20 points)',
    ]);
  });

  it('leaves out what is unknown or costs next to nothing', () => {
    expect(lines({ measures: [measure('a', null, 30), measure('b', 20, 0.4)] })).toEqual([
      'Every measure that counts is at its best.',
    ]);
  });

  it('says what is lacking where there is no score', () => {
    expect(lines({ score: null, coverage: 33.3 })).toEqual([
      'No score: 33 % of what counts is known, and 50 % is needed.',
    ]);
    expect(lines({ score: null, coverage: null })[0]).toContain('nothing of what counts is known');
  });
});
