import { type StageSetBody, stageSetBodySchema } from '@steward/shared/lifecycle';
import { addDays, toDay } from '../calendar/day.js';
import { DEFAULT_STAGE_SET } from './defaults.js';
import { churnedOn, liveSince, returnedOn, statusAt } from './live.js';
import { moveAlike } from './move-alike.js';
import { paceOf, type StageInput, stageOfDay } from './stage.js';

const today = toDay('2026-04-15');
const since = toDay('2026-01-01');
const keys = DEFAULT_STAGE_SET.stages.map((stage) => stage.key);
const holds = (...stages: string[]) => keys.map((key) => stages.includes(key));

function move(
  overrides: Partial<Omit<StageInput, 'before'>> & { from: string | null; was?: StageInput['status'] | null },
) {
  const { from, was = 'customer', ...rest } = overrides;
  return stageOfDay(DEFAULT_STAGE_SET, {
    before: { stage: from, since: from === null ? null : since, status: was },
    status: 'customer',
    holds: holds(),
    lock: null,
    day: today,
    ...rest,
  });
}

describe('lifecycle', () => {
  it('the default set is valid; a stage may fall back to earlier ones only', () => {
    expect(stageSetBodySchema.parse(DEFAULT_STAGE_SET)).toEqual(DEFAULT_STAGE_SET);
    const wrong: StageSetBody = structuredClone(DEFAULT_STAGE_SET);
    wrong.stages[2]!.fallsBackTo = ['advocate'];
    expect(stageSetBodySchema.safeParse(wrong).success).toBe(false);
  });

  it('sets that differ in names and expectations alone move accounts alike', () => {
    const otherwise = (change: (set: StageSetBody) => void): boolean => {
      const set = structuredClone(DEFAULT_STAGE_SET);
      change(set);
      return moveAlike(DEFAULT_STAGE_SET, set);
    };
    expect(otherwise(({ stages }) => Object.assign(stages[2]!, { label: 'Start', expectedDays: 5 }))).toBe(true);
    expect(otherwise(({ stages }) => Object.assign(stages[3]!, { rule: stages[2]!.rule }))).toBe(false);
    expect(otherwise(({ stages }) => stages[4]!.fallsBackTo.push('adoption'))).toBe(false);
    expect(otherwise(({ stages }) => stages.reverse())).toBe(false);
    expect(otherwise(({ onStatus }) => Object.assign(onStatus, { reactivated: 'adoption' }))).toBe(false);
  });

  it('the latest stage whose rule holds wins, and the move says when and why', () => {
    const found = move({ from: 'onboarding', holds: holds('onboarding', 'adoption', 'established') });
    expect(found).toEqual({
      stage: 'established',
      since: today,
      move: { from: 'onboarding', to: 'established', on: today, reason: 'rule' },
      lockEnded: false,
    });
  });

  it('an account without a stage gets one; where nothing holds it stays without', () => {
    expect(move({ from: null, was: null, status: 'prospect', holds: holds('prospect') }).stage).toBe('prospect');
    expect(move({ from: null, was: null }).stage).toBeNull();
  });

  it('staying keeps its first day and makes no move', () => {
    expect(move({ from: 'adoption', holds: holds('onboarding', 'adoption') })).toMatchObject({
      stage: 'adoption',
      since,
      move: null,
    });
  });

  it('does not go back: established stays when only adoption holds', () => {
    expect(move({ from: 'established', holds: holds('onboarding', 'adoption') })).toMatchObject({
      stage: 'established',
      move: null,
    });
  });

  it('an advocate may fall back to established, and no further', () => {
    expect(move({ from: 'advocate', holds: holds('onboarding', 'adoption', 'established') }).stage).toBe('established');
    expect(move({ from: 'advocate', holds: holds('onboarding', 'adoption') }).stage).toBe('established');
  });

  it('a person’s lock holds against the rules', () => {
    const lock = { stage: 'onboarding', from: since };
    expect(move({ from: 'onboarding', lock, holds: holds('onboarding', 'adoption') })).toMatchObject({
      stage: 'onboarding',
      move: null,
    });
    expect(move({ from: 'adoption', lock: { stage: 'onboarding', from: today } }).move).toEqual({
      from: 'adoption',
      to: 'onboarding',
      on: today,
      reason: 'person',
    });
  });

  it('a status change overrides and ends the lock', () => {
    const lock = { stage: 'adoption', from: since };
    expect(move({ from: 'adoption', lock, status: 'churned', holds: holds('churned') })).toMatchObject({
      stage: 'churned',
      move: { reason: 'status' },
      lockEnded: true,
    });
    expect(move({ from: 'adoption', lock, status: 'trial', holds: holds('trial') })).toMatchObject({
      stage: 'trial',
      lockEnded: true,
    });
  });

  it('a lock set on the day of the change stands', () => {
    const lock = { stage: 'established', from: today };
    expect(move({ from: 'churned', was: 'churned', lock }).stage).toBe('established');
  });

  it('reactivation enters onboarding, whatever holds', () => {
    expect(
      move({ from: 'churned', was: 'churned', holds: holds('onboarding', 'adoption', 'established') }),
    ).toMatchObject({
      stage: 'onboarding',
      move: { from: 'churned', to: 'onboarding', reason: 'status' },
    });
  });

  it('a stage that is gone holds nobody: the rules decide, else the status, else it is the first stage', () => {
    expect(move({ from: 'gone', holds: holds('onboarding') })).toMatchObject({
      stage: 'onboarding',
      move: { from: 'gone', reason: 'rule' },
    });
    expect(move({ from: 'gone' }).stage).toBe('prospect');
    expect(move({ from: 'gone', was: 'churned', status: 'churned' }).stage).toBe('churned');
  });

  it('running the day again gives the same', () => {
    const input = { from: 'churned', was: 'churned', holds: holds('onboarding') } as const;
    expect(move(input)).toEqual(move(input));
  });

  it('is on track up to the expected days, behind after them, stuck after the stuck days', () => {
    const onboarding = { expectedDays: 30, stuckDays: 60 };
    const after = (days: number) => paceOf(onboarding, addDays(today, -days), today);
    expect([30, 31, 60, 61].map(after)).toEqual(['on_track', 'behind', 'behind', 'stuck']);
    expect(paceOf({ expectedDays: null, stuckDays: null }, since, today)).toBe('on_track');
    expect(paceOf(null, null, today)).toBeNull();
  });
});

const version = (iso: string, status: 'prospect' | 'trial' | 'customer' | 'churned') => ({
  from: toDay(iso),
  status,
});

describe('the return of an account that had churned', () => {
  const history = [
    version('2025-01-01', 'customer'),
    version('2025-06-01', 'churned'),
    version('2026-02-01', 'trial'),
    version('2026-04-01', 'customer'),
    version('2026-04-03', 'customer'),
  ];

  it('is the day on which it became a customer again', () => {
    expect(returnedOn(history, today)).toBe(toDay('2026-04-01'));
  });

  it('is not there yet while the account is away or on trial, nor for one that never left', () => {
    expect(returnedOn(history, toDay('2026-01-31'))).toBeNull();
    expect(returnedOn(history, toDay('2026-03-31'))).toBeNull();
    expect(returnedOn(history.slice(0, 1), today)).toBeNull();
    expect(returnedOn([version('2026-01-01', 'prospect'), version('2026-03-01', 'customer')], today)).toBeNull();
  });
});

describe('the day of churn', () => {
  it('is the one on which the account left and stayed away, none while it is no churned account', () => {
    const history = [
      version('2025-01-01', 'customer'),
      version('2025-06-01', 'churned'),
      version('2025-09-01', 'customer'),
      version('2026-02-01', 'churned'),
      version('2026-03-01', 'churned'),
    ];
    expect(churnedOn(history, today)).toBe(toDay('2026-02-01'));
    expect(churnedOn(history, toDay('2026-01-31'))).toBeNull();
    expect(churnedOn(history, toDay('2025-07-01'))).toBe(toDay('2025-06-01'));
  });
});

describe('live since', () => {
  const unknown = { trialSince: null, customerSince: null };

  it('a first status holds backwards, so its start is unknown', () => {
    const history = [version('2026-03-01', 'customer')];
    expect(statusAt(history, toDay('2025-01-01'))).toBe('customer');
    expect(liveSince(history, unknown, today)).toEqual({ since: null });
  });

  it('is the start of the trial or of the customer relation where known', () => {
    const history = [version('2026-03-01', 'trial'), version('2026-03-20', 'customer')];
    const started = { trialSince: toDay('2026-02-20'), customerSince: toDay('2026-03-20') };
    expect(liveSince(history, started, today)).toEqual({ since: toDay('2026-02-20') });
  });

  it('starts anew after a break, and is null while not live', () => {
    const history = [
      version('2025-01-01', 'customer'),
      version('2025-06-01', 'churned'),
      version('2026-04-01', 'customer'),
    ];
    expect(liveSince(history, unknown, today)).toEqual({ since: toDay('2026-04-01') });
    expect(liveSince(history, unknown, toDay('2025-12-31'))).toBeNull();
    expect(liveSince([], unknown, today)).toBeNull();
  });
});
