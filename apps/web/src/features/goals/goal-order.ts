import { GOAL_STATUSES, type GoalRowOfList } from '@steward/shared/goals';

export const SORT_COLUMNS = [
  { key: 'account', label: 'Account', isNumber: false },
  { key: 'goal', label: 'Goal', isNumber: false },
  { key: 'status', label: 'Status', isNumber: false },
  { key: 'progress', label: 'Progress', isNumber: false },
  { key: 'due', label: 'Due', isNumber: false },
  { key: 'owner', label: 'Owner', isNumber: false },
  { key: 'tasks', label: 'Open tasks', isNumber: true },
  { key: 'arr', label: 'ARR', isNumber: true },
] as const;
type SortKey = (typeof SORT_COLUMNS)[number]['key'];

export interface GoalOrder {
  by: SortKey;
  down: boolean;
}

const USUAL: GoalOrder = { by: 'due', down: false };

/** `arr:desc` → by ARR, the largest first; what names no column is the usual order. */
export function orderOf(text: string | undefined): GoalOrder {
  const [by, way] = (text ?? '').split(':');
  const column = SORT_COLUMNS.find(({ key }) => key === by);
  return column === undefined ? USUAL : { by: column.key, down: way === 'desc' };
}

/** What stands in the address; undefined for the usual order. */
export const orderText = ({ by, down }: GoalOrder): string | undefined =>
  by === USUAL.by && down === USUAL.down ? undefined : `${by}:${down ? 'desc' : 'asc'}`;

const VALUES: Record<SortKey, (row: GoalRowOfList) => string | number | null> = {
  account: ({ account }) => account.name,
  goal: ({ goal }) => goal.name,
  status: ({ goal }) => GOAL_STATUSES.indexOf(goal.status),
  progress: ({ goal }) => goal.progress,
  due: ({ goal }) => goal.dueDay,
  owner: ({ goal }) => goal.owner?.name ?? null,
  tasks: ({ goal }) => goal.tasks.open,
  arr: ({ account }) => account.arrMinor,
};

/** By a column; what is not known stands last either way, and equal ones stay as they came. */
export function sortedGoals(rows: readonly GoalRowOfList[], { by, down }: GoalOrder): GoalRowOfList[] {
  const of = VALUES[by];
  return rows.toSorted((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const less = typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y) : Number(x) - Number(y);
    return down ? -less : less;
  });
}
