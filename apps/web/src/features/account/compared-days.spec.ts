import { comparedDays } from './compared-days.js';

it.each([
  ['the last 30 days, where nothing is asked for', {}, { from: '2026-08-24', to: '2026-09-23' }],
  ['the days asked for', { from: '2026-09-01', to: '2026-09-10' }, { from: '2026-09-01', to: '2026-09-10' }],
  [
    'no day after the one looked at',
    { from: '2026-09-01', to: '2026-11-20' },
    { from: '2026-09-01', to: '2026-09-23' },
  ],
  ['nor two such days', { from: '2026-10-01', to: '2026-11-20' }, { from: '2026-08-24', to: '2026-09-23' }],
  ['nor what is no day', { from: 'x', to: '2026-02-31' }, { from: '2026-08-24', to: '2026-09-23' }],
])('the score is compared between %s', (_, asked, days) => {
  expect(comparedDays(asked, '2026-09-23')).toEqual(days);
});
