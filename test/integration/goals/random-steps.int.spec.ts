import { randomUUID } from 'node:crypto';
import type { GoalStatus } from '@steward/shared/goals';
import fc from 'fast-check';
import { goalsOnDay } from '../../../apps/api/src/db/goals-on-day-sql.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { notBefore } from '../../../apps/api/src/desk/acting.js';
import { GoalActions } from '../../../apps/api/src/desk/goals/goal-actions.service.js';
import { GoalsRepository } from '../../../apps/api/src/desk/goals/goals.repository.js';
import { TaskActions } from '../../../apps/api/src/desk/tasks/task-actions.service.js';
import { addDays, isoOf, toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { type GoalFields, type GoalStep, stepOf } from '../../../apps/api/src/domain/goals/goal-actions.js';
import { type TaskFields, type TaskStep, taskStepOf } from '../../../apps/api/src/domain/goals/task-actions.js';
import { aPerson, type SignedIn } from '../../support/people.js';
import { DeskWorld, TODAY } from './desk-world.js';

const BEGIN = toDay(TODAY);
const aDay = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => isoOf(addDays(BEGIN, days)));

/** Something that a person asks for, perhaps with a revision of the past, after the clock was moved, forward or back. */
interface Asked<Step> {
  step: Step | { kind: 'undo' };
  isStale: boolean;
  hours: number;
}
function asked<Step>(step: fc.Arbitrary<Step>): fc.Arbitrary<Asked<Step>[]> {
  const undo = fc.constant({ kind: 'undo' } as const);
  return fc.array(
    fc.record({
      step: fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: undo }),
      isStale: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      hours: fc.constantFrom(0, 0, 0, 1, 24, -24),
    }),
    { minLength: 4, maxLength: 12 },
  );
}

/**
 * What should stand after each step: the rules of the domain over what stood before, and a pile of what was before each
 * step that undo takes from.
 */
class Model<Fields extends object> {
  revision = 1;
  /** As the days ended. */
  readonly days = new Map<ReturnType<typeof toDay>, Fields>();
  private readonly pile: Partial<Fields>[] = [];
  private last: { lastAt: Date; lastDay: ReturnType<typeof toDay> };

  constructor(
    public fields: Fields,
    now: Date,
  ) {
    this.last = { lastAt: now, lastDay: toDay(now.toISOString().slice(0, 10)) };
    this.days.set(this.last.lastDay, fields);
  }

  /** The refusal's code; null: it is done. */
  take(
    { step, isStale }: { step: { kind: string }; isStale: boolean },
    clock: Date,
    decide: (
      by: ReturnType<typeof notBefore>,
    ) => { kind: 'refused'; why: string } | { kind: 'done'; change: Partial<Fields> },
    userId: string,
    endedCode: string,
  ): string | null {
    const day = toDay(clock.toISOString().slice(0, 10));
    const by = notBefore({ userId, at: clock, day }, this.last);
    if (step.kind === 'undo') {
      if (isStale) return 'REVISION_MOVED';
      const before = this.pile.at(-1);
      if (before === undefined) return 'NOTHING_TO_UNDO';
      this.pile.pop();
      this.write(before, by);
      return null;
    }
    const taken = decide(by);
    if (taken.kind === 'refused' && taken.why === endedCode) return endedCode;
    if (isStale) return 'REVISION_MOVED';
    if (taken.kind === 'refused') return taken.why;
    const changed = Object.entries(taken.change).filter(
      ([field, value]) => this.fields[field as keyof Fields] !== value,
    );
    if (changed.length === 0) return null;
    const before = Object.keys(taken.change).map((field) => [field, this.fields[field as keyof Fields]]);
    this.pile.push(Object.fromEntries(before));
    this.write(taken.change, by);
    return null;
  }

  /** What a run notes beside people's steps: nobody takes it back, and it is no change of the revision. */
  note(change: Partial<Fields>, clock: Date, userId: string): ReturnType<typeof notBefore> {
    const by = notBefore({ userId, at: clock, day: toDay(clock.toISOString().slice(0, 10)) }, this.last);
    this.write(change, by);
    this.revision -= 1;
    return by;
  }

  private write(change: Partial<Fields>, { at, day }: ReturnType<typeof notBefore>): void {
    this.fields = { ...this.fields, ...change };
    this.revision += 1;
    this.last = { lastAt: at, lastDay: day };
    this.days.set(day, this.fields);
  }
}

describe('random steps, legal and illegal', () => {
  let world: DeskWorld;
  let cora: SignedIn;
  beforeAll(async () => {
    world = await DeskWorld.start();
    cora = aPerson('csm', { id: world.csm.id });
  }, 60_000);
  afterAll(() => world?.close());

  // Not through a session: its clock is moved to and fro.
  const goalActions = () => world.server.app.get(GoalActions, { strict: false });
  const taskActions = () => world.server.app.get(TaskActions, { strict: false });
  const codeOf = (act: Promise<unknown>): Promise<string | null> =>
    act.then(
      () => null,
      (error: { code?: string }) => error.code ?? String(error),
    );

  const begun = new Date(`${TODAY}T09:00:00Z`);
  const beginAgain = () => {
    world.server.clock.at = new Date(begun);
  };

  it('leave a goal as the rules say, or untouched, and each day as it ended', async () => {
    const playbookId = await world.playbook({ durationDays: 20 });
    const reason = fc.constantFrom('other', 'wrongTiming');
    const note = fc.constantFrom(null, 'Because.');
    const ends = fc.record({ kind: fc.constantFrom('achieve', 'cancel'), reason, note });
    const steps: fc.Arbitrary<GoalStep> = fc.oneof(
      ends as fc.Arbitrary<GoalStep>,
      fc.record({ kind: fc.constant('extend' as const), dueDay: aDay(-2, 40) }),
      fc.record({ kind: fc.constant('move' as const), startDay: aDay(-15, 30) }),
      fc.record({
        kind: fc.constant('assign' as const),
        ownerUserId: fc.constantFrom(null, world.csm.id, world.am.id),
      }),
      fc.constant({ kind: 'reopen' } as const),
    );
    const seenByRun = fc.record({ kind: fc.constant('seenByRun' as const), isAtRisk: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(asked(fc.oneof({ weight: 3, arbitrary: steps }, seenByRun)), async (walk) => {
        beginAgain();
        const goal = await world.started(world.asCsm, await world.account(), playbookId);
        const model = new Model<GoalFields>(
          {
            status: 'inProgress',
            atRiskReason: null,
            startDay: TODAY,
            dueDay: goal.dueDay,
            ownerUserId: world.csm.id,
            metSinceDay: null,
            endedDay: null,
            endedAt: null,
            endedBy: null,
            outcomeReason: null,
            outcomeNote: null,
          },
          begun,
        );
        for (const each of walk) {
          world.server.clock.advance({ hours: each.hours });
          if (each.step.kind === 'seenByRun') {
            await noteRisk(goal, model, each.step.isAtRisk ? 'atRisk' : 'inProgress');
            continue;
          }
          const { kind, ...rest } = each.step;
          const extra = {
            ...(kind === 'cancel' && { cancelTasks: false }),
            ...(kind === 'move' && { moveTasks: false }),
          };
          const revision = each.isStale ? model.revision + 7 : model.revision;
          const { accountId, id } = goal;
          const code = await codeOf(
            goalActions().act(cora, { accountId, id }, { action: kind, ...rest, ...extra, revision } as never),
          );
          const expected = model.take(
            each,
            world.server.clock.now(),
            (by) => stepOf(model.fields, each.step as GoalStep, by),
            world.csm.id,
            'GOAL_ENDED',
          );
          expect({ code, ...each }).toEqual({ code: expected, ...each });
          expect(await storedGoal(id)).toEqual({ ...model.fields, revision: model.revision });
        }
        const events = await world.query('SELECT at, day FROM steward.goal_event WHERE goal_id = $1 ORDER BY at', [
          goal.id,
        ]);
        expect([...events].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.at - b.at))).toEqual(events);
        for (const [day, { status, startDay, dueDay, endedDay, endedBy, outcomeReason }] of model.days) {
          const end = endedDay === null ? null : status;
          const stood = { end, startDay, dueDay, endedDay, endedBy, outcomeReason };
          expect({ day, ...(await goalOn(goal.id, isoOf(day))) }).toEqual({ day, ...stood });
          const shown = status === 'notStarted' ? 'inProgress' : status;
          expect({ day, shown: await begunOn(goal.accountId, isoOf(day)) }).toEqual({
            day,
            shown: toDay(startDay) > day ? [] : [shown],
          });
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('leave a task as the rules say, or untouched', async () => {
    const playbookId = await world.workPlan();
    const note = fc.constantFrom(null, 'Because.');
    const steps: fc.Arbitrary<TaskStep> = fc.oneof(
      fc.record({ kind: fc.constantFrom('complete' as const, 'skip' as const), note }),
      fc.constantFrom({ kind: 'cancel' }, { kind: 'reopen' }, { kind: 'unsnooze' }) as fc.Arbitrary<TaskStep>,
      fc.record({ kind: fc.constant('snooze' as const), until: aDay(14, 30) }),
      fc.record({
        kind: fc.constant('assign' as const),
        assigneeUserId: fc.constantFrom(null, world.csm.id, world.am.id),
      }),
      fc.record({ kind: fc.constant('due' as const), dueDay: fc.option(aDay(-10, 30), { nil: null }) }),
    );
    await fc.assert(
      fc.asyncProperty(asked(steps), fc.boolean(), async (walk, ofPlaybook) => {
        beginAgain();
        const accountId = await world.account();
        const goal = await world.started(world.asCsm, accountId, playbookId);
        const task = ofPlaybook
          ? (await world.detail(world.asCsm, goal)).taskList.find(({ title }: any) => title === 'Call the champion')
          : (await world.asCsm.post(`/api/v1/accounts/${accountId}/tasks`, { title: 'By hand', goalId: goal.id })).body;
        const model = new Model<TaskFields>({ ...(await storedTask(task.id)).fields, goalEnded: false }, begun);
        for (const each of walk) {
          world.server.clock.advance({ hours: each.hours });
          const { kind, ...rest } = each.step;
          const revision = each.isStale ? model.revision + 7 : model.revision;
          const tasks = [{ accountId, id: task.id, revision }];
          const { results } = await taskActions().act(cora, { action: kind, ...rest, tasks } as never);
          const code = results[0]?.ok === false ? results[0].code : null;
          const expected = model.take(
            each,
            world.server.clock.now(),
            (by) => taskStepOf(model.fields, each.step as TaskStep, by),
            world.csm.id,
            'TASK_ENDED',
          );
          expect({ code, ...each }).toEqual({ code: expected, ...each });
          const stored = await storedTask(task.id);
          expect(stored).toEqual({ fields: { ...model.fields, goalEnded: undefined }, revision: model.revision });
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  async function storedGoal(id: string): Promise<GoalFields & { revision: number }> {
    const [row] = await world.query('SELECT * FROM steward.goal WHERE id = $1', [id]);
    return {
      status: row.status as GoalStatus,
      atRiskReason: row.at_risk_reason,
      startDay: row.start_day,
      dueDay: row.due_day,
      ownerUserId: row.owner_user_id,
      metSinceDay: row.met_since_day,
      endedDay: row.ended_day,
      endedAt: row.ended_at?.toISOString() ?? null,
      endedBy: row.ended_by,
      outcomeReason: row.outcome_reason,
      outcomeNote: row.outcome_note,
      revision: row.revision,
    };
  }

  async function noteRisk(
    { accountId, id }: { accountId: string; id: string },
    model: Model<GoalFields>,
    status: 'atRisk' | 'inProgress',
  ): Promise<void> {
    const was = model.fields.status;
    if ((was !== 'atRisk' && was !== 'inProgress') || was === status) return;
    const { at, day } = model.note({ status }, world.server.clock.now(), world.csm.id);
    await world.query('UPDATE steward.goal SET status = $2 WHERE id = $1', [id, status]);
    await world.query(
      `INSERT INTO steward.goal_event (account_id, id, goal_id, kind, at, day) VALUES ($1, $2, $3, $4, $5, $6)`,
      [accountId, randomUUID(), id, status === 'atRisk' ? 'atRisk' : 'onTrack', at, isoOf(day)],
    );
  }

  /** As the page of the account has its goals on the day. */
  async function begunOn(accountId: string, day: string): Promise<GoalStatus[]> {
    const of = <T>(type: abstract new (...args: any[]) => T) => world.server.app.get(type, { strict: false });
    const goals = await of(UnitOfWork).run((tx) => of(GoalsRepository).begun(tx, accountId, day));
    return goals.map(({ status }) => status);
  }

  async function goalOn(id: string, day: string) {
    const [row] = await world.query(
      `SELECT CASE WHEN g.ended_day IS NOT NULL THEN g.status END AS "end", g.start_day AS "startDay", g.due_day AS "dueDay", g.ended_day AS "endedDay",
         g.ended_by AS "endedBy", g.outcome_reason AS "outcomeReason"
       FROM ${goalsOnDay('$2::date')} g WHERE g.id = $1`,
      [id, day],
    );
    return row;
  }

  async function storedTask(id: string): Promise<{ fields: Omit<TaskFields, 'goalEnded'>; revision: number }> {
    const [row] = await world.query('SELECT * FROM steward.task WHERE id = $1', [id]);
    return {
      fields: {
        state: row.state,
        origin: row.origin,
        assigneeUserId: row.assignee_user_id,
        role: row.role,
        dueDay: row.due_day,
        dueByHand: row.due_by_hand,
        waitsFor: row.waits_for,
        snoozedUntil: row.snoozed_until,
        completedHow: row.completed_how,
        endedDay: row.ended_day,
        endedAt: row.ended_at?.toISOString() ?? null,
        endedBy: row.ended_by,
        note: row.note,
      },
      revision: row.revision,
    };
  }
});
