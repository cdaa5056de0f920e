import type { AccountStatus } from '@steward/shared/common';
import type { StageSetBody } from '@steward/shared/lifecycle';
import type { StageDryRun } from '@steward/shared/model-versions';
import { addDays, type Day } from '../calendar/day.js';
import { type StageOfDay, stageOfDay } from '../lifecycle/stage.js';
import { type Alike, add, ByKey, type Cell, Flows, isIn, largest, nobody, placesOf, type Sized } from './tally.js';

/** Accounts that stand alike today: the same day before, status and lock, the same rules of the new set that hold. */
export interface StageGroup extends Alike {
  /** As computed today under what is published. */
  stage: string | null;
  stageBefore: string | null;
  status: AccountStatus;
  statusBefore: AccountStatus | null;
  /** Places of the rules of the new set that hold. */
  holds: readonly number[];
  lock: { stage: string; isOfToday: boolean } | null;
}

type Row = Omit<StageDryRun['rows'][number], 'name'>;
/** What happens to each account of a group. */
type StageMove = Omit<Row, 'id' | 'arrMinor'>;

export type StageMoves = Pick<
  StageDryRun,
  'accounts' | 'arrMinor' | 'moving' | 'flows' | 'stages' | 'locked' | 'lockedVanishing' | 'heldBack' | 'unmatched'
> & { rows: Row[] };

const MOST_ROWS = 100;

/** Where accounts would go today under other stages: forward, back only as a stage allows, and never out of a lock. */
export function stageMoves(
  body: StageSetBody,
  published: StageSetBody,
  groups: readonly StageGroup[],
  today: Day,
): StageMoves {
  const all = nobody();
  const found = {
    moving: nobody(),
    locked: nobody(),
    lockedVanishing: nobody(),
    heldBack: nobody(),
    unmatched: nobody(),
  };
  const flows = new Flows();
  const [now, after] = [new ByKey(), new ByKey()];
  const rows: (Row & Sized)[] = [];
  const rankOf = (key: string | null) => body.stages.findIndex((stage) => stage.key === key);
  for (const group of groups) {
    const { lock } = group;
    const result = resultOf(body, group, today);
    const { stage: from } = group;
    const to = result.stage;
    add(all, group);
    flows.add(from, to, group);
    now.add(from, group);
    after.add(to, group);
    const inForce = result.lockEnded ? null : lock;
    if (inForce !== null) add(rankOf(inForce.stage) >= 0 ? found.locked : found.lockedVanishing, group);
    else if (group.holds.length === 0) add(found.unmatched, group);
    else if (isHeldBack(group, rankOf, to)) add(found.heldBack, group);
    if (to === from) continue;
    add(found.moving, group);
    const how = howOf(result, rankOf(from), rankOf(to), from);
    for (const account of group.largest) rows.push({ ...account, from, to, how });
  }
  return {
    ...all,
    ...found,
    flows: flows.all,
    stages: placesOf(body.stages, published.stages).map((place) => ({
      ...place,
      now: now.of(place.key),
      after: after.of(place.key),
    })),
    rows: largest(rows, MOST_ROWS),
  };
}

/** What happens to the groups of a cell, by what tells the groups apart. */
export function stageMovesIn(
  body: StageSetBody,
  groups: readonly StageGroup[],
  today: Day,
  cell: Cell,
): Map<string, StageMove> {
  const rankOf = (key: string | null) => body.stages.findIndex((stage) => stage.key === key);
  const moves = groups.flatMap((group): [string, StageMove][] => {
    const result = resultOf(body, group, today);
    const [from, to] = [group.stage, result.stage];
    if (from === to || !isIn(cell, { from, to })) return [];
    return [[group.alike, { from, to, how: howOf(result, rankOf(from), rankOf(to), from) }]];
  });
  return new Map(moves);
}

function resultOf(body: StageSetBody, { lock, ...group }: StageGroup, today: Day): StageOfDay {
  return stageOfDay(body, {
    before: { stage: group.stageBefore, since: null, status: group.statusBefore },
    status: group.status,
    holds: body.stages.map((_, place) => group.holds.includes(place)),
    lock: lock && { stage: lock.stage, from: lock.isOfToday ? today : addDays(today, -1) },
    day: today,
  });
}

/** The latest rule that holds is of an earlier stage than the one that the account stays in. */
function isHeldBack({ holds, stageBefore }: StageGroup, rankOf: (key: string | null) => number, to: string | null) {
  return to !== null && to === stageBefore && Math.max(...holds) < rankOf(to);
}

function howOf({ move }: StageOfDay, from: number, to: number, stage: string | null): Row['how'] {
  if (move?.reason === 'status' || move?.reason === 'person') return move.reason;
  if (stage === null) return 'forward';
  if (from < 0) return 'vanishes';
  return to > from ? 'forward' : 'back';
}
