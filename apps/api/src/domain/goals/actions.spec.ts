import fc from 'fast-check';
import { toDay } from '../calendar/day.js';
import { type GoalFields, type GoalStep, stepOf } from './goal-actions.js';
import { type TaskFields, type TaskStep, taskStepOf } from './task-actions.js';
import { stepToUndo } from './undo.js';

const by = { userId: 'ana', day: toDay('2026-04-15'), at: new Date('2026-04-15T09:00:00Z') };
const someReason = { reason: 'valueDelivered', note: null } as const;

const aGoal = (overrides: Partial<GoalFields> = {}): GoalFields => ({
  status: 'inProgress',
  atRiskReason: null,
  startDay: '2026-04-01',
  dueDay: '2026-05-01',
  ownerUserId: 'ana',
  metSinceDay: null,
  endedDay: null,
  endedAt: null,
  endedBy: null,
  outcomeReason: null,
  outcomeNote: null,
  ...overrides,
});

const aTask = (overrides: Partial<TaskFields> = {}): TaskFields => ({
  state: 'open',
  origin: 'playbook',
  goalEnded: false,
  assigneeUserId: 'ana',
  role: 'csm',
  dueDay: '2026-04-20',
  dueByHand: false,
  waitsFor: null,
  snoozedUntil: null,
  completedHow: null,
  endedDay: null,
  endedAt: null,
  endedBy: null,
  note: null,
  ...overrides,
});

describe('what people do with a goal', () => {
  it('is achieved or cancelled with a reason, and then ended', () => {
    expect(stepOf(aGoal(), { kind: 'achieve', ...someReason }, by)).toEqual({
      kind: 'done',
      event: 'achieved',
      change: {
        status: 'achieved',
        atRiskReason: null,
        endedDay: '2026-04-15',
        endedAt: '2026-04-15T09:00:00.000Z',
        endedBy: 'ana',
        outcomeReason: 'valueDelivered',
        outcomeNote: null,
      },
      details: someReason,
    });
    for (const kind of ['achieve', 'cancel'] as const) {
      expect(stepOf(aGoal({ status: 'achieved' }), { kind, ...someReason }, by)).toEqual({
        kind: 'refused',
        why: 'GOAL_ENDED',
      });
    }
  });

  it('lives again when a missed one gets more time', () => {
    const missed = aGoal({ status: 'missed', dueDay: '2026-04-10', endedDay: '2026-04-11' });
    expect(stepOf(missed, { kind: 'extend', dueDay: '2026-04-30' }, by)).toMatchObject({
      event: 'extended',
      change: { status: 'inProgress', dueDay: '2026-04-30', endedDay: null },
    });
    expect(stepOf(missed, { kind: 'extend', dueDay: '2026-04-14' }, by)).toEqual({
      kind: 'refused',
      why: 'DAY_TOO_EARLY',
    });
  });

  it('keeps its length when its start moves, and waits for a start to come', () => {
    expect(stepOf(aGoal(), { kind: 'move', startDay: '2026-04-21' }, by)).toMatchObject({
      change: { startDay: '2026-04-21', dueDay: '2026-05-21', status: 'notStarted' },
    });
    expect(stepOf(aGoal(), { kind: 'move', startDay: '2026-03-01' }, by)).toEqual({
      kind: 'refused',
      why: 'DAY_TOO_EARLY',
    });
  });

  it('is not reopened past its day: it is extended', () => {
    const ended = aGoal({ status: 'cancelled', dueDay: '2026-04-10' });
    expect(stepOf(ended, { kind: 'reopen' }, by)).toEqual({ kind: 'refused', why: 'DAY_TOO_EARLY' });
    expect(stepOf(ended, { kind: 'extend', dueDay: '2026-05-01' }, by)).toEqual({ kind: 'refused', why: 'GOAL_ENDED' });
    expect(stepOf(aGoal({ status: 'achieved' }), { kind: 'reopen' }, by)).toMatchObject({
      change: { status: 'inProgress', outcomeReason: null },
    });
  });

  const goalSteps: fc.Arbitrary<GoalStep> = fc.oneof(
    fc.constant<GoalStep>({ kind: 'achieve', ...someReason }),
    fc.constant<GoalStep>({ kind: 'cancel', ...someReason }),
    fc
      .constantFrom('2026-03-01', '2026-04-14', '2026-04-15', '2026-06-01')
      .map((dueDay): GoalStep => ({ kind: 'extend', dueDay })),
    fc.constantFrom('2026-03-01', '2026-04-15', '2026-06-01').map((startDay): GoalStep => ({ kind: 'move', startDay })),
    fc.constantFrom('ana', 'ben', null).map((ownerUserId): GoalStep => ({ kind: 'assign', ownerUserId })),
    fc.constant<GoalStep>({ kind: 'reopen' }),
  );
  const legal: Record<GoalFields['status'], readonly GoalStep['kind'][]> = {
    notStarted: ['achieve', 'cancel', 'extend', 'move', 'assign'],
    inProgress: ['achieve', 'cancel', 'extend', 'move', 'assign'],
    atRisk: ['achieve', 'cancel', 'extend', 'move', 'assign'],
    missed: ['achieve', 'cancel', 'extend', 'reopen'],
    achieved: ['reopen'],
    cancelled: ['reopen'],
  };

  it('takes legal steps only, on any walk, and stays whole', () => {
    fc.assert(
      fc.property(fc.array(goalSteps, { maxLength: 30 }), (steps) => {
        let goal = aGoal();
        for (const step of steps) {
          const taken = stepOf(goal, step, by);
          if (!legal[goal.status].includes(step.kind)) expect(taken.kind).toBe('refused');
          if (taken.kind === 'refused') {
            if (legal[goal.status].includes(step.kind)) expect(taken.why).toBe('DAY_TOO_EARLY');
            continue;
          }
          goal = { ...goal, ...taken.change };
          const ended = ['achieved', 'missed', 'cancelled'].includes(goal.status);
          expect(goal.endedDay !== null).toBe(ended);
          expect(goal.outcomeReason !== null).toBe(ended);
          expect(goal.startDay <= goal.dueDay).toBe(true);
          expect(goal.status === 'notStarted' ? goal.startDay > '2026-04-15' : true).toBe(true);
        }
      }),
    );
  });
});

describe('what people do with a task', () => {
  it('is completed once: the second of two people is told so', () => {
    const step: TaskStep = { kind: 'complete', note: 'Spoke to Mia' };
    const first = taskStepOf(aTask(), step, by);
    expect(first).toMatchObject({
      event: 'done',
      change: { state: 'done', completedHow: 'person', note: 'Spoke to Mia' },
    });
    expect(taskStepOf(aTask({ state: 'done' }), step, { ...by, userId: 'ben' })).toEqual({
      kind: 'refused',
      why: 'TASK_ENDED',
    });
  });

  it('of a playbook is skipped, never cancelled', () => {
    expect(taskStepOf(aTask(), { kind: 'cancel' }, by)).toEqual({ kind: 'refused', why: 'OF_A_PLAYBOOK' });
    expect(taskStepOf(aTask({ origin: 'hand' }), { kind: 'cancel' }, by)).toMatchObject({
      change: { state: 'cancelled' },
    });
  });

  it('stays ended with a goal that has ended', () => {
    expect(taskStepOf(aTask({ state: 'done', goalEnded: true }), { kind: 'reopen' }, by)).toEqual({
      kind: 'refused',
      why: 'GOAL_ENDED',
    });
  });

  it('that a person has given a day or a person follows its playbook no more', () => {
    expect(
      taskStepOf(aTask({ waitsFor: 'renewalDate', dueDay: null }), { kind: 'due', dueDay: '2026-05-01' }, by),
    ).toMatchObject({
      change: { dueDay: '2026-05-01', dueByHand: true, waitsFor: null },
    });
    expect(taskStepOf(aTask(), { kind: 'assign', assigneeUserId: null }, by)).toMatchObject({
      change: { assigneeUserId: null, role: null },
    });
  });

  const taskSteps: fc.Arbitrary<TaskStep> = fc.oneof(
    fc.constantFrom<TaskStep>(
      { kind: 'complete', note: null },
      { kind: 'skip', note: null },
      { kind: 'cancel' },
      { kind: 'reopen' },
      { kind: 'snooze', until: '2026-05-01' },
      { kind: 'unsnooze' },
      { kind: 'assign', assigneeUserId: 'ben' },
      { kind: 'due', dueDay: null },
    ),
  );

  it('takes legal steps only, on any walk, and stays whole', () => {
    fc.assert(
      fc.property(fc.constantFrom<TaskFields['origin']>('playbook', 'hand'), fc.array(taskSteps), (origin, steps) => {
        let task = aTask({ origin });
        for (const step of steps) {
          const taken = taskStepOf(task, step, by);
          const mayReopen = task.state !== 'open';
          if ((step.kind === 'reopen') !== mayReopen) expect(taken.kind).toBe('refused');
          if (taken.kind === 'refused') continue;
          task = { ...task, ...taken.change };
          expect(task.endedDay !== null).toBe(task.state !== 'open');
          expect(task.completedHow !== null).toBe(task.state === 'done');
          if (task.state !== 'open') expect(task.snoozedUntil).toBeNull();
        }
      }),
    );
  });
});

describe('taking back', () => {
  const event = (id: string, kind: string, more = {}) => ({
    id,
    kind,
    byUserId: 'ana',
    before: { status: 'inProgress' },
    details: null,
    ...more,
  });

  it('takes the newest step of a person that was not taken back yet', () => {
    const undone = event('3', 'undone', { before: null, details: { undoes: '2' } });
    expect(stepToUndo([undone, event('2', 'extended'), event('1', 'owner')])?.id).toBe('1');
  });

  it('looks past what runs note, and stops at what they decided', () => {
    const byRun = { byUserId: null, before: null };
    expect(stepToUndo([event('2', 'atRisk', byRun), event('1', 'extended')])?.id).toBe('1');
    expect(stepToUndo([event('2', 'missed', byRun), event('1', 'extended')])).toBeNull();
    expect(stepToUndo([])).toBeNull();
  });
});
