import { Injectable } from '@nestjs/common';
import { v5 as uuid } from 'uuid';
import { announce } from '../../../db/live-channel.js';
import { addDays, type Day, toDay } from '../../../domain/calendar/day.js';
import type { PublishedPlaybook } from '../../../records/playbooks/playbooks.reader.js';
import { GoalStarts } from '../../../stages/goal-starts.js';
import { type StartedGoal, StartedGoals } from '../started-goals.repository.js';
import {
  type Batch,
  type Deed,
  type KindOfBulk,
  type Ordered,
  type Outcomes,
  type RefusedWhole,
  refuseAll,
  refused,
} from './bulk-kind.js';

/** Goals are named after the action and their account: however often a batch is begun, an account gets one. */
const GOALS_OF_BULK = '6f1a2f0c-43a1-5d0e-9d57-0a1b7c7a4e90';

/** Days that a goal may start before today, and after. */
const STARTED_BEFORE = 30;
const STARTS_WITHIN = 365;

interface Start {
  playbookId: string;
  startDay: string | null;
}

/** Starts a playbook on many accounts. */
@Injectable()
export class StartPlaybookKind implements KindOfBulk<'startPlaybook'> {
  constructor(
    private readonly starts: GoalStarts,
    private readonly goals: StartedGoals,
  ) {}

  async refusedWhole(ordered: Ordered, change: Start): Promise<RefusedWhole | null> {
    const found = await this.startable(ordered, change);
    return 'code' in found ? found : null;
  }

  async apply(batch: Batch, change: Start): Promise<Outcomes> {
    const { tx, actionId, user, accounts, day, at } = batch;
    const found = await this.startable(batch, change);
    if ('code' in found) return refuseAll(batch, found.code);
    const { playbook, start } = found;
    const today = toDay(day);
    const orders = accounts.map(({ id }) => orderOf(playbook, id, start, { actionId, byUserId: user.id }));
    const outcomes: Outcomes = new Map();
    for (const started of await this.starts.start(tx, orders, today, at)) {
      const { accountId } = started.order;
      if (started.kind === 'started') {
        outcomes.set(accountId, { state: 'done', before: null, after: { goalId: started.goalId } });
      } else outcomes.set(accountId, refused(started.kind === 'refused' ? started.why : 'NOT_COMPUTED'));
    }
    await this.tell(batch, outcomes);
    return outcomes;
  }

  private async startable(
    { tx, day }: Ordered,
    { playbookId, startDay }: Start,
  ): Promise<{ playbook: PublishedPlaybook; start: Day } | RefusedWhole> {
    const playbook = await this.starts.playbook(tx, playbookId);
    if (playbook === null) return { code: 'UNKNOWN_PLAYBOOK', path: 'playbookId' };
    if (playbook.definition === null) return { code: 'PLAYBOOK_UNSOUND', path: 'playbookId' };
    const start = toDay(startDay ?? day);
    return isInReach(playbook.definition, start, toDay(day))
      ? { playbook, start }
      : { code: 'START_OUT_OF_RANGE', path: 'startDay' };
  }

  /** Cancels the goals that it started, with their tasks, where nobody has done anything with either since. */
  async undo(batch: Batch, _change: unknown, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    const { tx, user, accounts, day, at } = batch;
    const goals = accounts.map(({ id }): StartedGoal => {
      const { after } = deeds.get(id) as { after: { goalId: string } };
      return { accountId: id, id: after.goalId };
    });
    const cancelled = await this.goals.cancel(tx, goals, { at, day, byUserId: user.id });
    const outcomes: Outcomes = new Map(
      goals.map(({ accountId, id }) => [
        accountId,
        cancelled.has(id) ? { state: 'done', before: null, after: null } : refused('CHANGED_SINCE'),
      ]),
    );
    await this.tell(batch, outcomes);
    return outcomes;
  }

  private async tell({ tx }: Batch, outcomes: Outcomes): Promise<void> {
    const ids = [...outcomes].filter(([, { state }]) => state === 'done').map(([id]) => id);
    if (ids.length > 0) await announce(tx, { topic: 'goals', ids });
  }
}

function isInReach({ durationDays }: { durationDays: number }, start: Day, today: Day): boolean {
  if (start < addDays(today, -STARTED_BEFORE) || start > addDays(today, STARTS_WITHIN)) return false;
  return addDays(start, durationDays) >= today;
}

function orderOf(
  playbook: PublishedPlaybook,
  accountId: string,
  startDay: Day,
  { actionId, byUserId }: { actionId: string; byUserId: string },
) {
  const id = uuid(`${actionId} ${accountId}`, GOALS_OF_BULK);
  return { accountId, playbook, how: 'bulk', startDay, dueDay: null, alertId: null, byUserId, id } as const;
}
