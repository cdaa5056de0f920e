import type { Ratio } from '@steward/shared/report-filters';
import { TIER_RATIOS, type TierCell, type TierPerformance, type TierPoint } from '@steward/shared/tier-performance';
import { lineWords } from '../../components/report/chart-words.js';
import { csvOf } from '../../components/report/report-table.js';
import { featureHeat } from './feature-heat.js';
import { changeText, glanceOf, glanceTable, glanceWords, newsOf } from './glance.js';
import { bandsByMonth, bandsByTier, bandsByTierWords, shownPoints, tierChart, tiersOf } from './tier-charts.js';
import { TIER_FIGURES, type TierFigureKey } from './tier-figures.js';

const NONE: Ratio = { value: null, part: 0, of: 0 };

type CellOverrides = Partial<Omit<TierCell, 'ratios'>> & { ratios?: Partial<TierCell['ratios']> };

function aCell({ ratios, ...rest }: CellOverrides = {}): TierCell {
  const none = Object.fromEntries(TIER_RATIOS.map((key) => [key, NONE])) as TierCell['ratios'];
  return { tier: 'T1', accounts: 10, customers: 8, arrMinor: 1_000_000, ...rest, ratios: { ...none, ...ratios } };
}

function aPoint(month: string, tiers: TierCell[], overrides: Partial<TierPoint> = {}): TierPoint {
  const accounts = tiers.reduce((sum, cell) => sum + cell.accounts, 0);
  return { month, day: `${month}-28`, built: true, tiers, all: aCell({ tier: null, accounts }), ...overrides };
}

function aReport(points: TierPoint[], overrides: Partial<TierPerformance> = {}): TierPerformance {
  const tiers = ['T1', 'T2'].map((key, index) => ({
    key,
    label: `Tier ${index + 1}`,
    color: 'blue',
    cadenceDays: 14,
  }));
  const span = { from: points[0]?.month ?? '2026-01', to: points.at(-1)?.month ?? '2026-01' };
  return {
    asOf: '2026-11-22',
    currency: 'EUR',
    builtAt: null,
    preparing: false,
    tiers,
    ...span,
    points,
    compared: null,
    ...overrides,
  };
}

const figure = (key: TierFigureKey) => {
  const found = TIER_FIGURES.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

const filters = { tierMode: 'then', ownerMode: 'now' } as const;

it('each tier has a line; accounts without a tier only where there are some', () => {
  const point = aPoint('2026-10', [aCell(), aCell({ tier: null, accounts: 0 })]);
  expect(tiersOf([point])).toEqual(['T1']);
  expect(tiersOf([point, aPoint('2026-11', [aCell({ tier: null, accounts: 1 })])])).toEqual(['T1', null]);
});

it('months before the first that is put down are left out, of both periods alike', () => {
  const unbuilt = (month: string) => aPoint(month, [], { built: false });
  const data = aReport([unbuilt('2026-09'), aPoint('2026-10', [aCell()]), unbuilt('2026-11')], {
    compared: {
      from: '2026-06',
      to: '2026-08',
      points: ['2026-06', '2026-07', '2026-08'].map((month) => aPoint(month, [aCell({ accounts: 4 })])),
    },
  });
  const { points, before } = shownPoints(data);
  expect(points.map(({ month }) => month)).toEqual(['2026-10', '2026-11']);
  expect(before?.map((each) => each?.month)).toEqual(['2026-07', '2026-08']);
  const [series] = tierChart(data, figure('accounts'), filters).series;
  expect(series?.cells.map(({ value }) => value)).toEqual([10, null]);
  expect(series?.before?.map(({ value }) => value)).toEqual([4, 4]);
});

it('a mark of a month opens the tier’s accounts as of the month’s last day', () => {
  const data = aReport([aPoint('2026-10', [aCell()])]);
  const [series] = tierChart(data, figure('accounts'), filters).series;
  const search = series?.cells[0]?.door?.search;
  expect(search?.asOf).toBe('2026-10-28');
  expect(search).toMatchObject({ tier: 'T1', status: 'trial,customer' });
  const now = tierChart(data, figure('accounts'), { ...filters, tierMode: 'now' }).series[0]?.cells[0]?.door;
  expect(now?.search.more).toContain("tier.now~eq~'T1");
});

it('retention opens the list of revenue, all else the list of accounts', () => {
  const retained = aCell({ ratios: { netRetention: { value: 104, part: 104, of: 100 } } });
  const data = aReport([aPoint('2026-10', [retained])]);
  const door = tierChart(data, figure('netRetention'), filters).series[0]?.cells[0]?.door;
  expect(door?.to).toBe('/portfolio/revenue');
  expect(door?.search).toMatchObject({ month: '2026-10', span: 'year', part: 'start', by: 'tier', key: 'T1' });
});

it('what has nothing to divide by is no 0, and says why', () => {
  const data = aReport([aPoint('2026-10', [aCell()])]);
  expect(tierChart(data, figure('goalSuccess'), filters).series[0]?.cells[0]).toMatchObject({
    value: null,
    why: 'no goal ended',
  });
  expect(lineWords(tierChart(data, figure('goalSuccess'), filters))).toBe('In October 2026: Tier 1 without a value.');
});

it('a tier without any account, and no month at all, still make a sentence', () => {
  const empty = aReport([aPoint('2026-10', [])]);
  expect(bandsByTierWords(bandsByTier(empty, filters))).toBe('No tier has accounts.');
  expect(lineWords(tierChart(aReport([]), figure('arr'), filters))).toBe('No months in this period.');
  expect(glanceOf({ data: aReport([]), today: null, filters })).toBeNull();
});

it('bands are counted by month, and shares of each tier at the end', () => {
  const share = (part: number): Ratio => ({ value: part * 10, part, of: 10 });
  const banded = { atRisk: share(2), watch: share(3), healthy: share(5), unknown: share(0) };
  const point = aPoint('2026-10', [aCell({ ratios: banded })]);
  const data = aReport([{ ...point, all: aCell({ ratios: banded }) }]);
  expect(bandsByMonth(data, filters).series.map(({ cells }) => cells[0]?.value)).toEqual([2, 3, 5, 0]);
  expect(bandsByTierWords(bandsByTier(data, filters))).toBe('Tier 1: 20 % at risk, 30 % watch, 50 % healthy.');
  const beside = aReport([aPoint('2026-10', [aCell({ ratios: banded }), aCell({ tier: 'T2', accounts: 0 })])]);
  expect(bandsByTierWords(bandsByTier(beside, filters))).toMatch(/50 % healthy; (Tier 2|T2): no accounts\.$/);
});

it('the running month says up to which day it is told', () => {
  const data = aReport([aPoint('2026-11', [aCell()], { day: '2026-11-21' })]);
  expect(tierChart(data, figure('accounts'), filters).columns[0]?.title).toBe('November 2026, up to 21 Nov 2026');
});

describe('tiers side by side', () => {
  const ratio = (value: number, of = 10): Ratio => ({ value, part: (value * of) / 100, of });
  const compared = (points: TierPoint[]) => ({ from: '2025-10', to: '2025-10', points });

  it('shows today where the period runs until now, and by how much it differs from the other period', () => {
    const data = aReport([aPoint('2026-11', [aCell({ accounts: 9 })])], {
      compared: compared([
        aPoint('2025-11', [aCell({ accounts: 6, arrMinor: 800_000, ratios: { logoChurn: ratio(10) } })]),
      ]),
    });
    const today = aPoint('2026-11', [aCell({ accounts: 10, ratios: { logoChurn: ratio(20) } })], { day: '2026-11-22' });
    const glance = glanceOf({ data, today, filters });
    const row = glance?.rows[0];
    const cell = (key: TierFigureKey) => {
      const found = row?.cells.find((each) => each.figure.key === key);
      if (!found) throw new Error(key);
      return found;
    };
    expect(glance?.live).toBe(true);
    expect(cell('accounts')).toMatchObject({ value: 10, change: 4 });
    expect(changeText(cell('accounts'))).toBe('+4');
    expect(changeText(cell('arr'))).toBe('+25 %');
    expect(changeText(cell('logoChurn'))).toBe('+10 pts');
    expect([cell('accounts'), cell('arr'), cell('logoChurn')].map(newsOf)).toEqual([null, 'good', 'bad']);
    expect(cell('accounts').door?.search.asOf).toBeUndefined();
    expect(changeText(cell('meanScore'))).toBeNull();
  });

  it('adds up over the period what happens in months', () => {
    const goals = (part: number, of: number): TierCell =>
      aCell({ ratios: { goalSuccess: { value: (100 * part) / of, part, of } } });
    const data = aReport([aPoint('2026-10', [goals(1, 1)]), aPoint('2026-11', [goals(1, 3)])]);
    const cells = glanceOf({ data, today: null, filters })?.rows[0]?.cells ?? [];
    expect(cells.find((each) => each.figure.key === 'goalSuccess')).toMatchObject({ value: 50, note: '2 of 4 goals' });
  });

  it('says in words and in a file what it shows', () => {
    const data = aReport([
      aPoint('2026-11', [aCell({ accounts: 1, ratios: { meanScore: { value: 71.24, part: 71.24, of: 1 } } })]),
    ]);
    const glance = glanceOf({ data, today: null, filters });
    if (!glance) throw new Error('nothing is put down');
    expect(glanceWords(glance)).toBe('Tier 1: 1 account, mean score 71.2; All tiers: 1 account.');
    const [head, first] = csvOf(glanceTable(glance, 'EUR')).split('\r\n');
    expect(head).toMatch(/^Tier,Accounts,ARR \(EUR\),Mean health score/);
    expect(first).toMatch(/^Tier 1,1,10000,71.24,/);
  });
});

it('the feature that most use stands on top, and a tier without accounts has no share', () => {
  const row = (tier: string | null, accounts: number, used: number[]) => ({
    tier,
    accounts,
    used: used.map((part) => ({ value: accounts === 0 ? null : (100 * part) / accounts, part, of: accounts })),
    compared: null,
  });
  const heat = featureHeat({
    data: {
      asOf: '2026-11-22',
      currency: 'EUR',
      builtAt: null,
      preparing: false,
      month: '2026-11',
      day: '2026-11-21',
      built: true,
      features: [
        { key: 'api', label: 'API' },
        { key: 'reports', label: 'Reports' },
      ],
      rows: [row('T1', 4, [1, 3]), row('T2', 0, [0, 0]), row(null, 0, [0, 0])],
    },
    tiers: aReport([]).tiers,
    filters,
  });
  expect(heat.rows.map(({ label }) => label)).toEqual(['Reports', 'API']);
  expect(heat.columns.map(({ label }) => label)).toEqual(['Tier 1', 'Tier 2']);
  expect(heat.cells[0]?.map(({ value }) => value)).toEqual([75, null]);
  expect(heat.cells[0]?.[0]?.door?.search.more).toContain('reports');
});
