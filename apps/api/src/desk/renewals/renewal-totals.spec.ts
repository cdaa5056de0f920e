import { totalsOf } from './renewal-totals.js';
import type { RenewalGroup } from './renewals.repository.js';

const group = (over: Partial<RenewalGroup> = {}): RenewalGroup => ({
  month: '2026-05',
  state: 'upcoming',
  category: 'likely',
  renewals: 1,
  amountMinor: 120_000,
  weightedMinor: 84_000,
  atRiskMinor: null,
  renewedMinor: null,
  missingForecast: 0,
  missingTouch: 0,
  ...over,
});

const ofMonth = (groups: RenewalGroup[], month: string) =>
  totalsOf(groups, []).byMonth.find((each) => each.month === month);

it('adds up each month by category, those that have ended left out', () => {
  const groups = [
    group({ category: 'commit', amountMinor: 50_000, weightedMinor: 50_000 }),
    group({ category: 'commit', state: 'overdue', amountMinor: 10_000, weightedMinor: 10_000 }),
    group({ state: 'renewed', amountMinor: 70_000, renewedMinor: 70_000, weightedMinor: null }),
    group({ month: '2026-06' }),
  ];
  const may = ofMonth(groups, '2026-05');
  expect(may?.byCategory.map(({ category, renewals, amountMinor }) => [category, renewals, amountMinor])).toEqual([
    ['commit', 2, 60_000],
    ['likely', 0, null],
    ['atRisk', 0, null],
    ['lost', 0, null],
  ]);
  expect(may).toMatchObject({ renewals: 3, amountMinor: 130_000, renewedMinor: 70_000 });
});

it('knows a sum of nothing known as unknown, not as 0', () => {
  const totals = totalsOf([group({ amountMinor: null, weightedMinor: null })], []);
  expect([totals.amountMinor, totals.weightedMinor]).toEqual([null, null]);
});
