import { anEffect } from './effect.factory.js';
import { effectWords, meanWords } from './effect-words.js';

describe('the effect of a draft in a sentence', () => {
  it('says who would change band, and what comes to or leaves at risk, with ARR', () => {
    const effect = anEffect({
      accounts: 80,
      changed: { total: 5, arrMinor: 16_000_000, rows: [] },
      moves: [
        { from: 'healthy', to: 'healthy', accounts: 75, arrMinor: 900_000_000 },
        { from: 'watch', to: 'at_risk', accounts: 3, arrMinor: 12_000_000 },
        { from: 'at_risk', to: 'watch', accounts: 2, arrMinor: 4_000_000 },
      ],
    });
    expect(effectWords(effect)).toBe(
      '5 of 80 live accounts would change band: 3 newly at risk ($120,000), 2 no longer at risk ($40,000).',
    );
  });

  it('says so where nothing changes, and where there is nothing to try it on', () => {
    expect(effectWords(anEffect({ accounts: 12 }))).toBe('No account of 12 live accounts would change band.');
    expect(effectWords(anEffect({ accounts: 0 }))).toBe('There are no live accounts to try it on.');
  });

  it('says when none of the changes is about risk', () => {
    const effect = anEffect({
      accounts: 1,
      changed: { total: 1, arrMinor: null, rows: [] },
      moves: [{ from: 'watch', to: 'healthy', accounts: 1, arrMinor: null }],
    });
    expect(effectWords(effect)).toBe('1 of 1 live account would change band, none of them into or out of at risk.');
  });

  it('speaks of the mean score only where accounts have one', () => {
    const standing = (mean: number | null) => ({ scored: 1, unknown: 0, mean, coverage: 80 });
    expect(meanWords(anEffect({ before: standing(61.04), after: standing(64) }))).toBe(
      'The mean score goes from 61 to 64.',
    );
    expect(meanWords(anEffect({ before: standing(61), after: standing(61.04) }))).toBe('The mean score stays at 61.');
    expect(meanWords(anEffect({ before: standing(61), after: standing(null) }))).toBe('No account would have a score.');
    expect(meanWords(anEffect({ before: standing(null), after: standing(null) }))).toBe(
      'No account has a score, before or after.',
    );
  });
});
