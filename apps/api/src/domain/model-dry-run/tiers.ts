import type { TierDryRun } from '@steward/shared/model-versions';
import type { TierSetBody } from '@steward/shared/tiers';
import { addDays, type Day, isoOf } from '../calendar/day.js';
import { rawTierOf, tierOfDay } from '../tiers/tier.js';
import { type Alike, add, ByKey, type Cell, Flows, isIn, largest, nobody, placesOf, type Sized } from './tally.js';

/** Accounts that stand alike today: the same tiers behind them, the same rules of the new set that hold. */
export interface TierGroup extends Alike {
  tier: string | null;
  rawTier: string | null;
  /** Raw tiers of the closed days before, oldest first. */
  ring: readonly (string | null)[];
  /** Places of the rules of the new set that hold. */
  holds: readonly number[];
  /** The tier set by hand that is in force today. */
  byHand: string | null;
}

type Row = Omit<TierDryRun['rows'][number], 'name'>;
/** What happens to each account of a group. */
type TierMove = Omit<Row, 'id' | 'arrMinor'>;

export type TierMoves = Pick<
  TierDryRun,
  'accounts' | 'arrMinor' | 'moving' | 'flows' | 'rawFlows' | 'tiers' | 'held' | 'byHand' | 'byHandVanishing'
> & { rows: Row[] };

const MOST_ROWS = 100;

/**
 * Where accounts would go today under another tier set: up at once, down only where nothing better was true in the days
 * that are held. Tiers set by hand stay as long as they are there.
 */
export function tierMoves(
  body: TierSetBody,
  published: TierSetBody,
  groups: readonly TierGroup[],
  today: Day,
): TierMoves {
  const all = nobody();
  const found = { moving: nobody(), held: nobody(), byHand: nobody(), byHandVanishing: nobody() };
  const [flows, rawFlows] = [new Flows(), new Flows()];
  const [now, after, settled] = [new ByKey(), new ByKey(), new ByKey()];
  const rows: (Row & Sized)[] = [];
  for (const group of groups) {
    const { move, stays } = moveOf(body, group, today);
    const { from, to, rawFrom, rawTo, how } = move;
    add(all, group);
    if (group.byHand !== null) add(stays ? found.byHand : found.byHandVanishing, group);
    if (group.byHand === null) rawFlows.add(rawFrom, rawTo, group);
    flows.add(from, to, group);
    now.add(from, group);
    after.add(to, group);
    settled.add(stays ? to : rawTo, group);
    if (how === 'stays') continue;
    add(how === 'held' ? found.held : found.moving, group);
    for (const account of group.largest) rows.push({ ...account, ...move });
  }
  return {
    ...all,
    moving: found.moving,
    flows: flows.all,
    rawFlows: rawFlows.all,
    held: { ...found.held, holdDays: body.holdDays },
    byHand: found.byHand,
    byHandVanishing: found.byHandVanishing,
    tiers: placesOf(body.tiers, published.tiers).map((place) => ({
      ...place,
      now: now.of(place.key),
      after: after.of(place.key),
      settled: settled.of(place.key),
      targetAccounts: body.tiers.find(({ key }) => key === place.key)?.targetAccounts ?? null,
    })),
    rows: largest(rows, MOST_ROWS),
  };
}

/** What happens to the groups of a cell, of moves at once or of what the rules alone say; by what tells the groups apart. */
export function tierMovesIn(
  body: TierSetBody,
  groups: readonly TierGroup[],
  today: Day,
  { by, ...cell }: Cell & { by: 'once' | 'rules' },
): Map<string, TierMove> {
  const moves = groups.flatMap((group): [string, TierMove][] => {
    const { move } = moveOf(body, group, today);
    const isBehind =
      by === 'once' ? isIn(cell, move) : group.byHand === null && isIn(cell, { from: move.rawFrom, to: move.rawTo });
    return isBehind ? [[group.alike, move]] : [];
  });
  return new Map(moves);
}

/** `stays`: by the tier set by hand, which is still there. */
function moveOf(body: TierSetBody, group: TierGroup, today: Day): { move: TierMove; stays: boolean } {
  const { tier: from, rawTier: rawFrom, ring, byHand } = group;
  const rankOf = (key: string | null) => body.tiers.findIndex((tier) => tier.key === key);
  const rawTo = rawTierOf(
    body,
    body.tiers.map((_, place) => group.holds.includes(place)),
  );
  const stays = byHand !== null && rankOf(byHand) >= 0;
  const override = stays ? { tier: byHand, from: today, until: null } : null;
  const to = tierOfDay(body, rawTo, ring, override, today).tier;
  // Held by the new set: one that is held already, and whose rule says what it said, is no news.
  const isHeld = !stays && to === from && rankOf(rawTo) > rankOf(to) && rawTo !== rawFrom;
  const fall = isHeld ? nextFall(body, rawTo, ring, to, today) : null;
  const stayed = isHeld ? 'held' : 'stays';
  const how = to === from ? stayed : howOf(rankOf(from), rankOf(to), from);
  const falls = { fallsOn: fall && isoOf(fall.day), fallsTo: fall?.tier ?? null };
  return { move: { from, to, rawFrom, rawTo, how, ...falls }, stays };
}

function howOf(from: number, to: number, tier: string | null): Row['how'] {
  if (tier === null) return 'rises';
  if (from < 0) return 'vanishes';
  return to < from ? 'rises' : 'falls';
}

/**
 * The day on which the account leaves its tier if its raw tier stays as it is from today on, and where it falls to. Null:
 * it stays.
 */
export function nextFall(
  body: TierSetBody,
  rawTier: string,
  ring: readonly (string | null)[],
  tier: string,
  today: Day,
): { day: Day; tier: string } | null {
  let before = [...ring];
  for (let day = 1; day <= body.holdDays; day += 1) {
    before = [...before.slice(1), rawTier];
    const next = tierOfDay(body, rawTier, before, null, addDays(today, day)).tier;
    if (next !== tier) return { day: addDays(today, day), tier: next };
  }
  return null;
}
