import type { LifecycleFunnel, LifecycleReport, TimeInStage } from '@steward/shared/lifecycle-report';
import type { PageOfFigure } from '@steward/shared/portfolio-behind';
import { cohortHeat, funnelColumns, funnelTable, funnelWords } from './funnel.js';
import { paceBehind, stageColumns, stagesWords } from './stages-now.js';
import { timeColumns, timeTable, timeWords } from './time-in-stage.js';

const page: PageOfFigure = { filters: {}, day: '2026-11-22', live: true, role: 'csm' };
const answered = { day: '2026-11-22', from: '2026-10', to: '2026-11', live: true, currency: 'USD' };

const aStage = (key: string, some: Partial<LifecycleReport['stages'][number]> = {}) => ({
  key,
  label: key,
  expectedDays: 30,
  stuckDays: 60,
  accounts: 0,
  arrMinor: null,
  pace: { on_track: 0, behind: 0, stuck: 0 },
  stuckArrMinor: null,
  ...some,
});
const stages: LifecycleReport = {
  ...answered,
  stages: [
    aStage('onboarding', { accounts: 6, pace: { on_track: 3, behind: 2, stuck: 1 }, stuckArrMinor: 500_000 }),
    aStage('advocate', {
      accounts: 4,
      expectedDays: null,
      stuckDays: null,
      pace: { on_track: 4, behind: 0, stuck: 0 },
    }),
  ],
  noStage: 2,
};

describe('where accounts stand', () => {
  const onboarding = stages.stages[0] ?? aStage('onboarding');
  const since = (days: number) => ({ kind: 'date', field: 'stage.since', op: 'moreThanDaysAgo', days });
  const inStage = { kind: 'compare', field: 'stage', op: 'eq', value: 'onboarding' };
  const beyond = (days: number) => ({ kind: 'any', rules: [{ kind: 'all', rules: [inStage, since(days)] }] });
  const rulesOf = (pace: 'on_track' | 'behind' | 'stuck') => {
    const { rule } = paceBehind(page, onboarding, pace);
    return rule.kind === 'all' ? rule.rules : [];
  };

  it('behind are those past the expected days that are not stuck, on track all others', () => {
    expect(rulesOf('stuck')).toEqual([beyond(60)]);
    expect(rulesOf('behind')).toEqual([beyond(30), { kind: 'not', rule: beyond(60) }]);
    expect(rulesOf('on_track')).toEqual([inStage, { kind: 'not', rule: beyond(30) }]);
  });

  it('where a stage takes as long as it takes, all are on track', () => {
    const advocate = stages.stages[1] ?? aStage('advocate');
    expect(paceBehind(page, advocate, 'on_track').rule).toEqual({
      kind: 'all',
      rules: [{ kind: 'compare', field: 'stage', op: 'eq', value: 'advocate' }],
    });
  });

  it('a sentence says where the most are and who is stuck', () => {
    expect(stagesWords(stages)).toBe(
      '10 accounts; the most in onboarding (6); 1 is stuck with $5K of ARR, the most in onboarding (1); 2 in no stage yet.',
    );
    expect(stagesWords({ ...stages, stages: [] })).toBe('No accounts in any stage.');
    expect(stageColumns(stages, page).series.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      [3, 4],
      [2, 0],
      [1, 0],
    ]);
  });
});

const outcome = (entered: number, movedOn: number, lost = 0) => ({
  entered,
  movedOn,
  lost,
  wentBack: 0,
  stillThere: entered - movedOn - lost,
  conversion: entered === 0 ? null : (100 * movedOn) / entered,
});
const more = { reEntries: 0, fellBackInto: 0, found: 0 };
const funnel: LifecycleFunnel = {
  ...answered,
  stages: [
    { key: 'onboarding', label: 'Onboarding', ...outcome(10, 8), ...more },
    { key: 'adoption', label: 'Adoption', ...outcome(0, 0), ...more },
    { key: 'advocate', label: 'Advocate', ...outcome(4, 0, 1), ...more },
    { key: 'churned', label: 'Churned', ...outcome(1, 0), ...more },
  ],
  cohorts: [
    { month: '2026-10', stages: [{ key: 'onboarding', ...outcome(8, 8) }] },
    { month: '2026-11', stages: [{ key: 'onboarding', ...outcome(2, 0) }] },
  ],
};

describe('the funnel', () => {
  it('conversion is told of stages that one can move on from', () => {
    expect(funnelWords(funnel)).toBe('Moved on: Onboarding 80 % (8 of 10). The most left from Advocate: 1 of 4.');
    expect(funnelColumns(funnel, page).columns.map(({ key }) => key)).toEqual(['onboarding', 'adoption', 'advocate']);
    const none = funnel.stages.map((stage) => ({ ...stage, ...outcome(0, 0) }));
    expect(funnelWords({ ...funnel, stages: none })).toBe('No account entered a stage in these months.');
  });

  it('a part of a column opens those that it counts; nobody divides by nothing', () => {
    const moved = funnelColumns(funnel, page).series[0]?.cells ?? [];
    expect(moved[0]?.door?.search.parts).toBe(
      '[{"kind":"entered","from":"2026-10-01","to":"2026-11-22","stage":"onboarding","became":"movedOn"}]',
    );
    const conversion = funnelTable(funnel, page).rows[1]?.cells[6];
    expect(conversion).toMatchObject({ text: '–', plain: null, title: 'Nobody entered it' });
  });

  it('cohorts stand newest first, each over those that entered in its month', () => {
    const heat = cohortHeat(funnel, page);
    expect(heat.rows.map(({ label }) => label)).toEqual(['November 2026', 'October 2026']);
    expect(heat.columns.map(({ key }) => key)).toEqual(['onboarding']);
    expect(heat.cells.map(([cell]) => [cell?.value, cell?.note])).toEqual([
      [0, '0 of 2 accounts moved on; 2 still there'],
      [100, '8 of 8 accounts moved on'],
    ]);
    expect(heat.cells[1]?.[0]?.door?.search.parts).toContain('"from":"2026-10-01","to":"2026-10-31"');
  });
});

const noStays = { stays: 0, median: null, p90: null };
const time: TimeInStage = {
  ...answered,
  stages: [
    {
      key: 'onboarding',
      label: 'Onboarding',
      expectedDays: 30,
      stuckDays: 60,
      completed: { stays: 12, median: 28, p90: 61 },
      running: { accounts: 3, median: 5, p90: 9, found: 1 },
    },
    {
      key: 'adoption',
      label: 'Adoption',
      expectedDays: null,
      stuckDays: null,
      completed: noStays,
      running: { accounts: 0, median: null, p90: null, found: 0 },
    },
  ],
};

describe('days in stage', () => {
  it('are told of completed stays; running ones are a lower bound apart', () => {
    expect(timeWords(time)).toBe('Median: Onboarding 28 days (of 12 stays, one in ten longer than 61).');
    expect(timeColumns(time).series.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      [28, null],
      [61, null],
    ]);
    const running = timeTable(time, page).rows[0]?.cells.slice(4, 6);
    expect(running).toMatchObject([
      { plain: 3, title: '1 of them since before anything is known' },
      { plain: 5, title: 'They are still there: a lower bound' },
    ]);
  });

  it('no completed stay is said in words', () => {
    const none = time.stages.map((stage) => ({ ...stage, completed: noStays }));
    expect(timeWords({ ...time, stages: none })).toBe('No stay was completed in these months.');
  });
});
