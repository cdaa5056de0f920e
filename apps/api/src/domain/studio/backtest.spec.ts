import type { Day } from '../calendar/day.js';
import { randomOf } from '../sample/random.js';
import type { Tried } from './backtest.js';
import * as backtest from './backtest.js';
import { MONTH_ENDS, observationsOf, syntheticHistory } from './observations.factory.js';
import type { Observation, Observations } from './observations.js';
import { atOnce } from './steps.js';

const backtestOf = (of: Observations, asked: Tried) => atOnce(backtest.backtestOf(of, asked));

const tried = (overrides: Partial<Tried> = {}): Tried => ({
  outcome: 'churn',
  horizonDays: 90,
  measures: [],
  leftOut: [],
  ...overrides,
});
const measure = (signal: string) => ({ signal, label: signal, group: 'g', share: 50, connected: true });
const on = (month: number, days: number) => (MONTH_ENDS[month]! + days) as Day;

/** Three accounts over two month-ends: the first is at risk and churns, the second churns unseen, the third stays. */
const WORKED: Partial<Observation>[] = [
  { account: 0, month: 0, score: 20, outcomeDay: on(0, 40) },
  { account: 1, month: 0, score: 60 },
  { account: 2, month: 0, score: 80 },
  { account: 0, month: 1, score: 10, outcomeDay: on(0, 40) },
  { account: 1, month: 1, score: 75, outcomeDay: on(1, 60) },
  { account: 2, month: 1, score: 90 },
];

describe('a backtest worked by hand', () => {
  const result = backtestOf(observationsOf(WORKED, MONTH_ENDS.slice(0, 2)), tried());

  it('counts the outcome by band', () => {
    const counts = result.bands.map(({ band, observations, accounts, events }) => [
      band,
      observations,
      accounts,
      events,
    ]);
    expect(counts).toEqual([
      ['at_risk', 2, 1, 2],
      ['watch', 1, 1, 0],
      ['healthy', 3, 2, 1],
      ['unknown', 0, 0, 0],
    ]);
    expect(result.bands[0]!.rate).toMatchObject({ value: 1, high: 1 });
    expect(result.bands[3]!.rate).toBeNull();
  });

  it('counts pairs in the right order', () => {
    // With the outcome 20, 10, 75; without 60, 80, 90: eight of the nine pairs.
    expect(result.auc!.value).toBeCloseTo(8 / 9, 10);
    expect(result.months.map(({ auc }) => auc)).toEqual([1, 1]);
  });

  it('asks each account at its first month-end alone once enough of them churned after it', () => {
    // Those who churn have 20 at first and 90 later, the others 60: right at first, wrong later.
    const churned = (accounts: number) =>
      Array.from({ length: 2 * accounts }, (_, account) =>
        [0, 1].map((month) => ({
          account,
          month,
          score: account < accounts ? [20, 90][month]! : 60,
          outcomeDay: account < accounts ? on(month, 5) : null,
        })),
      ).flat();
    const inOrder = (accounts: number) => churned(accounts).sort((one, other) => one.month - other.month);
    const onceOf = (accounts: number) =>
      backtestOf(observationsOf(inOrder(accounts), MONTH_ENDS.slice(0, 2)), tried()).aucOncePerAccount;
    expect(onceOf(30)).toBe(1);
    expect(onceOf(29)).toBeNull();
  });

  it('tells recall and precision of the at-risk band', () => {
    expect(result.atRisk).toMatchObject({ flagged: 2, caught: 2, recall: { value: 2 / 3 }, precision: { value: 1 } });
  });

  it('tells how long before the outcome it warned', () => {
    expect(result.warningTime).toEqual({ accounts: 2, warned: 1, medianDays: 40 });
  });

  it('warns of few events', () => {
    expect(result.warnings).toContain('Only 2 accounts churned. Under 30 these figures move a lot by chance.');
  });
});

describe('the warning', () => {
  const medianOf = (scores: (number | null)[], outcomeAfter: number) => {
    const last = scores.length - 1;
    const seen = scores.map((score, month) => ({
      month,
      score,
      outcomeDay: on(last, outcomeAfter) - MONTH_ENDS[month]! <= 90 ? on(last, outcomeAfter) : null,
    }));
    return backtestOf(observationsOf(seen, MONTH_ENDS.slice(0, scores.length)), tried()).warningTime;
  };

  it('began at the first month-end of the unbroken run, also before the horizon', () => {
    expect(medianOf([80, 20, 20, 20, 20, 20], 10).medianDays).toBe(on(5, 10) - MONTH_ENDS[1]!);
  });

  it('is broken by another band and by an unknown score', () => {
    expect(medianOf([20, 80, 20, 20], 10).medianDays).toBe(on(3, 10) - MONTH_ENDS[2]!);
    expect(medianOf([20, 20, null, 20], 10).medianDays).toBe(10);
  });

  it('counts although the score had recovered before the end', () => {
    expect(medianOf([80, 20, 80], 10)).toEqual({ accounts: 1, warned: 1, medianDays: on(2, 10) - MONTH_ENDS[1]! });
  });
});

describe('where there is nothing to tell', () => {
  const verdictOf = (seen: Partial<Observation>[]) => {
    const result = backtestOf(observationsOf(seen), tried({ measures: [] }));
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
    expect(result.auc).toBeNull();
    return result.verdict;
  };

  it('says so of no accounts, one account, no churn, nothing but churn, and nothing known', () => {
    expect(verdictOf([]).sentence).toContain('no live accounts');
    expect(verdictOf([{ score: 50 }])).toMatchObject({ kind: 'cannot_tell' });
    expect(verdictOf([{ score: 50, outcomeDay: on(0, 5) }]).sentence).toContain('every account with a score churned');
    expect(verdictOf([{ score: 10 }, { account: 1, score: 90 }]).sentence).toContain('no account churned');
    const everyone = [0, 1, 2].map((account) => ({ account, score: 50 + account, outcomeDay: on(0, 5) }));
    expect(verdictOf(everyone).sentence).toContain('every account with a score churned');
    const unknown = [0, 1].map((account) => ({ account, score: null, outcomeDay: account === 0 ? on(0, 5) : null }));
    expect(verdictOf(unknown).sentence).toContain('no account had a score');
    expect(
      verdictOf([
        { score: null, outcomeDay: on(0, 5) },
        { account: 1, score: 70 },
      ]).sentence,
    ).toContain('had a score before');
  });

  it('is no better than chance where every score is the same', () => {
    const seen = Array.from({ length: 40 }, (_, account) => ({
      account,
      score: 60,
      outcomeDay: account < 8 ? on(0, 5) : null,
    }));
    const { auc, verdict, calibration } = backtestOf(observationsOf(seen), tried());
    expect(auc!.value).toBe(0.5);
    expect(verdict.kind).toBe('no_better');
    expect(calibration).toHaveLength(1);
  });
});

describe('a history that its measures made', () => {
  const made = syntheticHistory({ seed: 'made', accounts: 400, weights: [4, 2], intercept: 0.5, noise: 1 });
  const result = backtestOf(made, tried({ measures: ['strong', 'weak', 'noise'].map(measure) }));

  it('is told better than by chance, with fewer outcomes the higher the score', () => {
    expect(result.verdict.kind).toBe('better');
    const rates = result.calibration.map(({ rate }) => rate!.value);
    expect(rates[0]!).toBeGreaterThan(3 * rates.at(-1)!);
    const observed = result.calibration.reduce((sum, { observations }) => sum + observations, 0);
    expect(observed).toBe(made.size);
    expect(result.calibration.reduce((sum, { events }) => sum + events, 0)).toBe(result.events);
  });

  it('orders measures by what they tell, and noise tells nothing', () => {
    const [strong, weak, noise] = result.measures;
    expect(strong!.auc!.value).toBeGreaterThan(weak!.auc!.value);
    expect(weak!.auc!.low).toBeGreaterThan(0.5);
    expect(noise!.auc!.low).toBeLessThan(0.5);
    expect(noise!.auc!.high).toBeGreaterThan(0.5);
    expect(strong!.lift!).toBeGreaterThan(weak!.lift!);
  });

  it('is no better than chance once outcomes are dealt anew', () => {
    let held = 0;
    for (let trial = 0; trial < 20; trial += 1) {
      const random = randomOf('dealt', trial);
      const dealt = Array.from({ length: 900 }, (_, at) => ({
        account: at % 300,
        month: Math.floor(at / 300),
        score: random.between(0, 100),
        outcomeDay: random.chance(0.1) ? on(Math.floor(at / 300), 20) : null,
      }));
      if (backtestOf(observationsOf(dealt), tried()).verdict.kind === 'no_better') held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(17);
  });
});

describe('a measure', () => {
  const remarkOf = (points: (number | null)[], overrides = {}) => {
    const seen = points.map((value, account) => ({
      account,
      points: [value],
      outcomeDay: account % 3 === 0 ? on(0, 5) : null,
    }));
    return backtestOf(observationsOf(seen), tried({ measures: [{ ...measure('m'), ...overrides }] })).measures[0]!;
  };

  it('that is constant, missing, hardly known or not connected is said in words, without figures of its own', () => {
    expect(remarkOf([70, 70, 70, 70])).toMatchObject({
      auc: null,
      lift: null,
      remark: expect.stringContaining('same points'),
    });
    expect(remarkOf([null, null])).toMatchObject({ auc: null, known: 0, remark: expect.stringContaining('no value') });
    expect(remarkOf([null, null], { connected: false }).remark).toContain('Not connected');
    expect(remarkOf([1, 2, ...new Array<null>(30).fill(null)]).remark).toContain('Hardly known');
  });

  it('of which most have all points compares the others with those', () => {
    const told = remarkOf([0, 10, ...new Array<number>(18).fill(100)]);
    expect(told.bottom).toMatchObject({ observations: 2 });
    expect(told.top).toMatchObject({ observations: 18 });
  });
});
