import { type ChurnGroup, churnFigures } from './churn.js';

const churn = (over: Partial<ChurnGroup> = {}): ChurnGroup => ({
  month: '2026-02',
  reason: 'Price',
  canInfluence: true,
  competitor: null,
  accounts: ['a'],
  arrLostMinor: 1_000,
  ...over,
});
const MONTHS = ['2026-01', '2026-02', '2026-03'];

it('adds up lost ARR by reason, by influence, by competitor and by month', () => {
  const figures = churnFigures(
    [
      churn(),
      churn({ month: '2026-03', competitor: 'Rival', accounts: ['b', 'c'], arrLostMinor: 5_000 }),
      churn({ reason: 'Shut down', canInfluence: false, accounts: ['d'], arrLostMinor: 9_000 }),
    ],
    MONTHS,
  );
  expect(figures.total).toEqual({ accounts: 4, arrLostMinor: 15_000 });
  expect(figures.reasons).toEqual([
    { reason: 'Shut down', canInfluence: false, accounts: 1, arrLostMinor: 9_000 },
    { reason: 'Price', canInfluence: true, accounts: 3, arrLostMinor: 6_000 },
  ]);
  expect(figures.influence).toEqual([
    { canInfluence: true, accounts: 3, arrLostMinor: 6_000 },
    { canInfluence: false, accounts: 1, arrLostMinor: 9_000 },
    { canInfluence: null, accounts: 0, arrLostMinor: null },
  ]);
  expect(figures.competitors).toEqual([{ competitor: 'Rival', accounts: 2, arrLostMinor: 5_000 }]);
  expect(figures.months.map(({ accounts }) => accounts)).toEqual([0, 2, 2]);
});

it('counts an account that left twice once, and both losses', () => {
  const { total } = churnFigures([churn(), churn({ month: '2026-03' })], MONTHS);
  expect(total).toEqual({ accounts: 1, arrLostMinor: 2_000 });
});

it('says of a period without churn that nothing was lost, not 0 of something', () => {
  const figures = churnFigures([], MONTHS);
  expect(figures).toMatchObject({ total: { accounts: 0, arrLostMinor: null }, reasons: [], competitors: [] });
  expect(figures.months).toHaveLength(3);
});
