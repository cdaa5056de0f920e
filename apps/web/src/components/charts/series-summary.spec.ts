import { seriesSummary } from './series-summary.js';

it('names the ends and the extremes of a line with their days', () => {
  const days = ['2026-04-01', '2026-04-02', '2026-04-03'];
  expect(seriesSummary('Score', days, [50, null, 62], String)).toBe(
    'Score: 50 on 1 Apr 2026, 62 on 3 Apr 2026; lowest 50 on 1 Apr 2026, highest 62 on 3 Apr 2026.',
  );
  expect(seriesSummary('Score', days, [null, null, null], String)).toBe('Score: no values in this time.');
});
