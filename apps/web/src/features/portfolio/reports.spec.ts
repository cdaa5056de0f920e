import type { ChurnReasonsReport, Plays, RenewalMonths } from '@steward/shared/portfolio';
import { churnColumns, churnWords, comparedWords, influenceTable, reasonTable } from './churn-report.js';
import { playbooksTable, playbooksWords, rulesTable, rulesWords } from './plays-report.js';
import { aPage } from './portfolio.factory.js';
import { renewalStacks, renewalTable, renewalWords, riskWords } from './renewals-chart.js';

const answered = { day: '2026-11-22', from: '2026-10', to: '2026-11', live: true, currency: 'USD' };
const sum = (renewals: number, arrMinor: number | null) => ({ renewals, arrMinor });
const none = sum(0, null);
const states = { upcoming: none, overdue: none, renewed: none, renewedSmaller: none, lost: none };
const aMonth = { due: none, byState: states, atRisk: none, weightedMinor: null, renewedMinor: null };

const renewals: RenewalMonths = {
  ...answered,
  months: [
    {
      ...aMonth,
      month: '2026-10',
      due: sum(3, 300_00),
      byState: { ...states, renewed: sum(2, 200_00), lost: sum(1, 100_00) },
    },
    {
      ...aMonth,
      month: '2026-11',
      due: sum(2, null),
      byState: { ...states, upcoming: sum(2, null) },
      atRisk: sum(1, 50_25),
    },
  ],
  total: {
    ...aMonth,
    due: sum(5, 300_00),
    byState: { ...states, renewed: sum(2, 200_00), lost: sum(1, 100_00), upcoming: sum(2, null) },
    atRisk: sum(1, 50_25),
    weightedMinor: 140_50,
  },
};

describe('renewals by month', () => {
  it('each part of a column opens its renewals; unknown amounts are no 0, and nothing is a 0 without a door', () => {
    const { series } = renewalStacks(renewals, aPage(), 'arr');
    const cells = (key: string) => series.find((each) => each.key === key)?.cells ?? [];
    expect(cells('renewed').map(({ value, door }) => [value, door?.search.parts ?? null])).toEqual([
      [200_00, '[{"kind":"renewals","from":"2026-10-01","to":"2026-10-31","state":"renewed"}]'],
      [0, null],
    ]);
    expect(cells('upcoming')[1]).toMatchObject({ value: null, note: '2 renewals' });
    expect(renewalStacks(renewals, aPage(), 'count').series[2]?.cells[1]?.value).toBe(2);
  });

  it('sentences say what was kept and where the risk is', () => {
    expect(renewalWords(renewals)).toBe(
      '5 renewals due, $300: 2 renewed, 0 for less, 1 lost (67 % kept), 2 open, of which 1 with $50 at risk; $141 expected.',
    );
    expect(riskWords(renewals)).toBe('$50 at risk, the most in November 2026 with $50.');
    const byState = { ...renewals.total.byState, upcoming: sum(1, 150_00), overdue: sum(1, 50_00) };
    expect(riskWords({ ...renewals, total: { ...renewals.total, byState } })).toContain('(25 % of what is open)');
    expect(riskWords({ ...renewals, total: aMonth })).toBe('No open renewal of these months is at risk.');
  });

  it('sums below open the renewals of all months', () => {
    const foot = renewalTable(renewals, aPage()).foot;
    expect(foot?.cells[1]).toMatchObject({ plain: 5 });
    expect(foot?.cells[1]?.door?.search.parts).toContain('"from":"2026-10-01","to":"2026-11-30"');
  });

  it('amounts are whole in the table, to the cent on hover and in the file; no renewal is 0, an unknown amount is not', () => {
    const [october, november] = renewalTable(renewals, aPage()).rows;
    expect(november?.cells[9]).toEqual({ text: '$50', title: '$50.25', plain: 50.25 });
    expect(october?.cells[9]).toEqual({ text: '$0', plain: 0 });
    expect(november?.cells[2]).toEqual({ text: '–', plain: null });
  });
});

const churn: ChurnReasonsReport = {
  ...answered,
  total: { accounts: 3, arrLostMinor: 100_000 },
  arrUnknown: 1,
  influence: [
    { canInfluence: true, accounts: 1, arrLostMinor: 75_040 },
    { canInfluence: null, accounts: 0, arrLostMinor: null },
  ],
  reasons: [
    { reason: 'Price', canInfluence: true, accounts: 1, arrLostMinor: 75_040 },
    { reason: null, canInfluence: null, accounts: 2, arrLostMinor: 24_960 },
  ],
  competitors: [],
  months: [
    { month: '2026-10', accounts: 0, arrLostMinor: null },
    { month: '2026-11', accounts: 3, arrLostMinor: 100_000 },
  ],
};

describe('churn', () => {
  it('says what cost most, what we could influence, and of whom nothing is known', () => {
    expect(churnWords(churn)).toBe(
      '3 customers left with $1,000 of ARR; of 1 the ARR is not known; what cost most is “Price” with $750 (75 %); what we can influence cost $750 (75 %).',
    );
    expect(churnWords({ ...churn, total: { accounts: 0, arrLostMinor: null } })).toBe(
      'No customer left in these months.',
    );
  });

  it('reasons open who left for them, also those without one', () => {
    const doors = reasonTable(churn, aPage()).rows.map(({ cells }) => cells[2]?.door?.search.parts);
    expect(doors).toEqual([
      '[{"kind":"churned","from":"2026-10-01","to":"2026-11-22","reason":"Price"}]',
      '[{"kind":"churned","from":"2026-10-01","to":"2026-11-22","reason":null}]',
    ]);
    expect(churnColumns(churn, aPage()).series[0]?.cells.map(({ value }) => value)).toEqual([0, 100_000]);
  });

  it('stands beside the months before it, with the reasons that nobody left for any more', () => {
    const before: ChurnReasonsReport = {
      ...churn,
      from: '2026-08',
      to: '2026-09',
      total: { accounts: 2, arrLostMinor: 40_000 },
      reasons: [{ reason: 'Merged', canInfluence: false, accounts: 2, arrLostMinor: 40_000 }],
    };
    expect(comparedWords(churn, before)).toBe(
      'In August 2026 to September 2026 2 customers left with $400 of ARR: $600 less.',
    );
    const { columns, rows, foot } = reasonTable(churn, aPage(), before);
    expect(columns.slice(-2).map(({ label }) => label)).toEqual(['Customers before', 'ARR lost before']);
    const lost = rows.map(({ cells }) => [cells[0]?.text, cells[2]?.plain, cells.at(-2)?.plain, cells.at(-1)?.plain]);
    expect(lost).toEqual([
      ['Price', 1, 0, 0],
      ['No reason recorded', 2, 0, 0],
      ['Merged', 0, 2, 400],
    ]);
    expect(foot?.cells.at(-1)?.plain).toBe(400);
    const nobody = { ...before, total: { accounts: 0, arrLostMinor: null }, reasons: [] };
    expect(comparedWords(churn, nobody)).toBe('In August 2026 to September 2026 no customer left: $1,000 less.');
  });

  it('amounts are whole in the table, to the cent on hover and in the file; of nobody it is 0', () => {
    expect(reasonTable(churn, aPage()).rows[0]?.cells[3]).toEqual({ text: '$750', title: '$750.40', plain: 750.4 });
    const nobody = influenceTable(churn, aPage()).rows[1];
    expect(nobody?.cells[2]).toEqual({ text: '$0', plain: 0 });
  });

  it('everyone’s ARR unknown divides by nothing', () => {
    const unknown = { ...churn, total: { accounts: 3, arrLostMinor: null } };
    expect(reasonTable(unknown, aPage()).rows[0]?.cells.at(-1)).toMatchObject({ text: '–', plain: null });
  });
});

const plays: Plays = {
  fromDay: '2026-10-01',
  day: '2026-11-22',
  currency: 'USD',
  alertRules: [
    {
      ruleId: 'r1',
      name: 'Silent',
      fired: 20,
      toAcknowledge: 10,
      acknowledgedInTimeRate: 0.9,
      falseAlarmRate: 0.4,
      kept: 2,
      arrKeptMinor: 500_000,
    },
  ],
  playbooks: [
    {
      playbookId: 'p1',
      name: 'Save',
      kind: 'retention',
      started: 12,
      running: 2,
      achieved: 5,
      missed: 5,
      cancelled: 0,
      successRate: 0.5,
      medianDays: 18.5,
    },
  ],
};

describe('alerts and playbooks', () => {
  it('sentences name the noisiest rule and the playbook that works, where enough has ended to tell', () => {
    expect(rulesWords(plays)).toBe(
      '1 rule fired 20 times; the noisiest is Silent with 40 % false alarms; $5K of ARR kept.',
    );
    expect(playbooksWords(plays)).toBe('12 goals started, 5 achieved, 5 missed; what works best is Save with 50 %.');
    const few = plays.playbooks.map((play) => ({ ...play, running: 9 }));
    expect(playbooksWords({ ...plays, playbooks: few })).toContain('too few of any playbook have ended');
    expect(rulesWords({ ...plays, alertRules: [] })).toContain('No alert rule has fired as the days came');
  });

  it('shares are per cent in table and file', () => {
    expect(rulesTable(plays).rows[0]?.cells.slice(2, 4)).toMatchObject([
      { text: '90 %', plain: 90 },
      { text: '40 %', plain: 40 },
    ]);
    const cells = playbooksTable(plays).rows[0]?.cells ?? [];
    expect(cells[0]?.door?.to).toBe('/goals/playbooks/p1');
    expect(cells[7]).toMatchObject({ text: '50 %', plain: 50 });
  });
});
