import type { IsoDay } from '@steward/shared/common';
import type { GoalRowOfList, GoalStatus } from '@steward/shared/goals';
import type { TaskRowOfList } from '@steward/shared/tasks';

/** Something that is due on a day of the calendar. */
export interface DueItem {
  id: string;
  what: 'goal' | 'task';
  title: string;
  account: { id: string; name: string };
  /** Of a goal. */
  status: GoalStatus | null;
  isOverdue: boolean;
  /** The goal that opens; null for a task that belongs to none. */
  goal: { accountId: string; id: string } | null;
}

/** By day: goals first, then tasks, each by the account's name. */
export function dueItems(
  goals: readonly GoalRowOfList[],
  tasks: readonly TaskRowOfList[],
): ReadonlyMap<IsoDay, readonly DueItem[]> {
  const byDay = new Map<IsoDay, DueItem[]>();
  const add = (day: IsoDay, item: DueItem) => byDay.set(day, [...(byDay.get(day) ?? []), item]);
  for (const { account, goal } of goals) {
    add(goal.dueDay, {
      id: goal.id,
      what: 'goal',
      title: goal.name,
      account,
      status: goal.status,
      isOverdue: false,
      goal,
    });
  }
  for (const { account, task } of tasks) {
    if (task.dueDay === null) continue;
    add(task.dueDay, {
      id: task.id,
      what: 'task',
      title: task.title,
      account,
      status: null,
      isOverdue: task.isOverdue,
      goal: task.goal === null ? null : { accountId: task.accountId, id: task.goal.id },
    });
  }
  for (const items of byDay.values()) {
    items.sort((a, b) =>
      a.what === b.what ? a.account.name.localeCompare(b.account.name) : a.what === 'goal' ? -1 : 1,
    );
  }
  return byDay;
}
