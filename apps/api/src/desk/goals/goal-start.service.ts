import { Injectable } from '@nestjs/common';
import type { Goal, StartGoal } from '@steward/shared/goals';
import { START_REFUSAL_WORDS, type StartRefusal } from '@steward/shared/playbooks';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, type Day, toDay } from '../../domain/calendar/day.js';
import { changesOfNew } from '../../platform/audit/changes.js';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { GoalStarts } from '../../stages/goal-starts.js';
import { Acting, maySee, type Now, type Owners, type Person } from '../acting.js';
import { AccountsAlerts } from '../alerts/accounts-alerts.service.js';
import { dueInReach, startInReach } from './days-in-reach.js';
import { ASSIGNEE_CANNOT_SEE } from './goal-refusals.js';
import { GoalWritesRepository } from './goal-writes.repository.js';
import { OneGoal } from './one-goal.service.js';

/** Starts goals by hand. */
@Injectable()
export class GoalStart {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writes: GoalWritesRepository,
    private readonly starts: GoalStarts,
    private readonly alerts: AccountsAlerts,
    private readonly oneGoal: OneGoal,
    private readonly acting: Acting,
  ) {}

  async start(person: Person, accountId: string, given: StartGoal): Promise<Goal> {
    const goal = await this.unitOfWork.run(async (tx) => {
      const account = await this.writes.visible(tx, person.scope, accountId);
      if (account === null) throw new NotFound('account');
      const now = await this.acting.now(tx, person);
      const playbook = await this.starts.playbook(tx, given.playbookId);
      if (playbook === null) throw new NotFound('playbook');
      if (playbook.definition === null) throw refusal('PLAYBOOK_UNSOUND');
      const { startDay, dueDay } = daysOf(given, playbook.definition.durationDays, now.day);
      await this.ownerMustSee(tx, given.ownerUserId, account);
      await this.acknowledge(tx, person, accountId, given.alertId, now);
      const order = {
        accountId,
        playbook,
        how: 'hand' as const,
        startDay,
        dueDay,
        ...(given.ownerUserId === null ? {} : { ownerUserId: given.ownerUserId }),
        alertId: given.alertId,
        byUserId: person.user.id,
        // Not made of the day: a goal that was cancelled may be started again on the same one.
        id: uuidv7(),
      };
      const [started] = await this.starts.start(tx, [order], now.day, now.at);
      if (started?.kind === 'refused') throw refusal(started.why);
      if (started?.kind !== 'started') {
        throw new Conflict('NOT_COMPUTED', 'The account has just come in and is not computed yet. Try again soon.');
      }
      const key = { accountId, id: started.goalId };
      await this.acting.record(tx, person, 'goal.started', { kind: 'goal', ...key }, changesOfNew(given));
      await this.acting.settle(tx, [accountId], [accountId], now);
      return this.oneGoal.shown(tx, person.scope, key, now.day);
    });
    this.acting.hint();
    return goal;
  }

  private async ownerMustSee(tx: Tx, ownerUserId: string | null, account: Owners): Promise<void> {
    if (ownerUserId === null || maySee(await this.acting.assignee(tx, ownerUserId), account)) return;
    const message = ASSIGNEE_CANNOT_SEE;
    throw new InvalidInput(message, [{ path: 'ownerUserId', message }], 'ASSIGNEE_CANNOT_SEE');
  }

  /** Somebody has looked at the alert by starting something from it. */
  private async acknowledge(
    tx: Tx,
    { scope }: Person,
    accountId: string,
    alertId: string | null,
    by: Now,
  ): Promise<void> {
    if (alertId === null) return;
    const acknowledged = await this.alerts.acknowledge(tx, { by, scope }, { accountId, id: alertId });
    if (acknowledged === 'unknown') throw new NotFound('alert');
    if (acknowledged === 'ended') throw new Conflict('ALERT_ENDED', 'This alert has ended already.');
  }
}

function refusal(why: StartRefusal): Conflict {
  return new Conflict(why, START_REFUSAL_WORDS[why]);
}

/** Refuses days out of reach, and a goal that would be over before it is worked on. */
function daysOf(given: StartGoal, durationDays: number, today: Day): { startDay: Day; dueDay: Day | null } {
  if (given.startDay !== null) startInReach(given.startDay, today);
  if (given.dueDay !== null) dueInReach(given.dueDay, today);
  const startDay = given.startDay === null ? today : toDay(given.startDay);
  const dueDay = given.dueDay === null ? null : toDay(given.dueDay);
  const due = dueDay ?? addDays(startDay, durationDays);
  if (due >= startDay && due >= today) return { startDay, dueDay };
  const message = 'It would be due before it starts, or in the past.';
  const path = dueDay === null ? 'startDay' : 'dueDay';
  throw new InvalidInput(message, [{ path, code: 'DAY_TOO_EARLY', message }], 'DAY_TOO_EARLY');
}
