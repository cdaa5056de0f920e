import type { Retention, RevenueMonth, RevenueReport } from '@steward/shared/revenue-report';
import { listQuestion } from './get-revenue.js';
import {
  firstKnownMonth,
  mostMonthsWords,
  movementChart,
  movementSteps,
  movementWords,
  reconciles,
  reconciliationTable,
  retentionChart,
  retentionWords,
} from './revenue-charts.js';
import { listWords } from './revenue-list.js';
import { retentionRowsWords, retentionTable } from './revenue-rows.js';

const aRetention = (overrides: Partial<Retention> = {}): Retention => ({
  accounts: 80,
  startMinor: 100_000,
  keptMinor: 93_000,
  endMinor: 104_000,
  lostAccounts: 3,
  grossRetention: 93,
  netRetention: 104,
  logoChurn: 3.75,
  ...overrides,
});
const NOBODY: Retention = {
  accounts: 0,
  startMinor: 0,
  keptMinor: 0,
  endMinor: 0,
  lostAccounts: 0,
  grossRetention: null,
  netRetention: null,
  logoChurn: null,
};

type MonthOverrides = Partial<Omit<RevenueMonth, 'movements'>> & { movements?: Partial<RevenueMonth['movements']> };

function aMonth(month: string, { movements, ...overrides }: MonthOverrides = {}): RevenueMonth {
  const none = { accounts: 0, amountMinor: 0 };
  return {
    month,
    day: `${month}-28`,
    built: true,
    startMinor: 0,
    movements: { new: none, expansion: none, contraction: none, churn: none, reactivation: none, ...movements },
    endMinor: 0,
    revaluationMinor: 0,
    paying: 0,
    monthly: NOBODY,
    trailingYear: NOBODY,
    ...overrides,
  };
}

function aReport(months: RevenueMonth[], overrides: Partial<RevenueReport> = {}): RevenueReport {
  const [from, to] = [months[0]?.month ?? '2026-10', months.at(-1)?.month ?? '2026-10'];
  return {
    asOf: '2026-11-22',
    currency: 'USD',
    builtAt: null,
    preparing: false,
    by: 'tier',
    period: { from, to, fromDay: `${from}-01`, toDay: `${to}-28`, months, retention: aRetention() },
    compared: null,
    rows: [],
    unknownSubscriptions: 0,
    ...overrides,
  };
}

const filters = { tierMode: 'then', ownerMode: 'now' } as const;
const october = aMonth('2026-10', {
  startMinor: 100_000,
  movements: { new: { accounts: 1, amountMinor: 40_000 }, churn: { accounts: 2, amountMinor: -15_000 } },
  endMinor: 125_000,
});
const november = aMonth('2026-11', {
  startMinor: 126_000,
  revaluationMinor: 1_000,
  movements: { expansion: { accounts: 1, amountMinor: 4_000 } },
  endMinor: 130_000,
});

it('start, what moved and other rates between months make the end', () => {
  const steps = movementSteps(aReport([october, november]), filters);
  const [start, ...rest] = steps;
  const end = rest.pop();
  expect((start?.value ?? 0) + rest.reduce((sum, { value }) => sum + value, 0)).toBe(end?.value);
  expect(movementWords(steps, 'USD')).toBe(
    'MRR from $1,000 to $1,300: new +$400, expansion +$40, churn −$150, other rates +$10.',
  );
  expect(movementWords(movementSteps(aReport([aMonth('2026-10')]), filters), 'USD')).toBe(
    'MRR from $0 to $0: nothing moved.',
  );
});

it('a period that reaches further back than figures do starts with the first month that has some, and says so', () => {
  const report = aReport([{ ...aMonth('2026-09'), built: false }, october, november]);
  const steps = movementSteps(report, filters);
  expect(firstKnownMonth(report)).toBe('2026-10');
  expect(steps[0]?.door?.search).toMatchObject({ month: '2026-10', span: 'month', part: 'start' });
  expect(movementWords(steps, 'USD', firstKnownMonth(report))).toMatch(/ Figures begin with October 2026\.$/);
  expect(firstKnownMonth(aReport([october, november]))).toBeNull();
});

it('says in which months most came and most went', () => {
  expect(mostMonthsWords(aReport([october, november]))).toBe(
    'Most came in October 2026, +$400; most went in October 2026, −$150.',
  );
  expect(mostMonthsWords(aReport([aMonth('2026-10')]))).toBe('Nothing came; nothing went.');
  expect(mostMonthsWords(aReport([]))).toBe('No months in this period.');
});

it('a movement opens the accounts that moved so in its month, and none opens nothing', () => {
  const chart = movementChart(aReport([october, november]), filters);
  const churn = chart.series.find(({ key }) => key === 'churn');
  expect(churn?.cells[0]?.door).toMatchObject({
    to: '/portfolio/revenue',
    search: { month: '2026-10', span: 'month', part: 'churn' },
  });
  expect(churn?.cells[1]?.door).toBeNull();
});

it('months are shown to add up, and said not to where they do not', () => {
  expect(reconciles([october, november])).toBe(true);
  expect(reconciles([october, { ...november, startMinor: 125_500 }])).toBe(false);
  expect(reconciles([{ ...october, endMinor: 125_001 }])).toBe(false);
  const { rows, foot } = reconciliationTable(aReport([october, november]), filters);
  expect(rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['October 2026', '–', '$1,000', '$400', '$0', '$0', '$0', '−$150', '$1,250', '0'],
    ['November 2026', '$10', '$1,260', '$0', '$40', '$0', '$0', '$0', '$1,300', '0'],
  ]);
  expect(foot?.cells.map(({ plain }) => plain)).toEqual(['Whole period', 10, 1000, 400, 40, 0, 0, -150, 1300, null]);
});

it('months before the first that is put down are left out', () => {
  const unbuilt = aMonth('2026-09', { built: false });
  expect(movementChart(aReport([unbuilt, october]), filters).columns.map(({ key }) => key)).toEqual(['2026-10']);
});

it('nobody at the start is no retention of 0', () => {
  const chart = retentionChart(aReport([october]), filters);
  expect(chart.series.map(({ cells }) => cells[0]?.value)).toEqual([null, null, null]);
  expect(chart.series[0]?.cells[0]?.why).toBe('nobody paid at the start');
  expect(retentionWords(NOBODY)).toBe('Nobody paid at the start, so nothing could be kept or lost.');
  expect(retentionWords(aRetention())).toBe(
    'Of what 80 accounts paid at the start, 93 % was kept and, with growth, 104 % is paid at the end; 3 left.',
  );
});

it('rows name those without a value of the dimension, and show the change where a period is compared', () => {
  const report = aReport([october], {
    rows: [
      { key: 'T1', label: 'Tier 1', retention: aRetention(), compared: aRetention({ netRetention: 110 }) },
      { key: null, label: '', retention: { ...NOBODY, accounts: 0 }, compared: null },
    ],
    compared: aReport([aMonth('2025-10')]).period,
  });
  const { columns, rows } = retentionTable(report, filters);
  expect(columns.map(({ label }) => label)).toContain('NRR ±');
  const of = (row: number, column: string) => rows[row]?.cells[columns.findIndex(({ label }) => label === column)];
  expect(of(0, 'NRR ±')?.text).toBe('−6 ▼');
  expect(of(0, 'MRR at end')?.door?.search).toMatchObject({ part: 'start', key: 'T1' });
  expect(of(0, 'Left')?.door?.search).toMatchObject({ part: 'lost', by: 'tier', key: 'T1', span: 'period' });
  expect(of(1, 'Tier')?.text).toBe('Without a tier');
  expect(of(1, 'NRR')).toMatchObject({ text: '–', plain: null });
  expect(retentionRowsWords(report)).toBe('Net retention: Tier 1, 104 %.');
  expect(retentionRowsWords(aReport([october]))).toBe('Nobody paid at the start of this period.');
});

it('the list of revenue reads its address as far as it makes sense, and says what it lists', () => {
  const question = { to: '2026-11' };
  expect(listQuestion({ month: 'x', span: 'y', part: 'z', by: 'w', offset: '-1' }, question)).toEqual({
    month: '2026-11',
    span: 'period',
    part: 'start',
    by: undefined,
    key: undefined,
    offset: 0,
  });
  expect(listQuestion({ by: 'tier', part: 'churn', span: 'month', month: '2026-10' }, question)).toMatchObject({
    by: 'tier',
    key: '',
  });
  expect(listWords({ month: '2026-10', span: 'year', part: 'lost' }, null)).toEqual({
    title: 'Accounts that pay nothing any more',
    when: 'the twelve months that end with October 2026',
  });
});
