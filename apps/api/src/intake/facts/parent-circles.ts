import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type FieldVersion, whichBecomeNewest } from './field-versions.repository.js';

type ParentOf = ReadonlyMap<string, string | null>;

/** `parent` is the parent's account id, null where an account is said to have none. */
interface SaidParent {
  accountId: string;
  parent: string | null;
}

/**
 * Which of these versions of parents (by their places) would put an account under itself. Only what becomes the newest
 * parent of its account is asked: of days past the history may say what it likes.
 */
export async function inCircles(tx: Tx, versions: readonly FieldVersion[]): Promise<ReadonlySet<number>> {
  const said = versions.map((version, place) => ({ ...version, place, parent: version.value as string | null }));
  const accountIds = versions.map(({ accountId }) => accountId);
  const stored = await storedParents(tx, accountIds);
  // Feeds mostly say what is known.
  if (!said.some(({ accountId, parent }) => parent !== null && parent !== stored.get(accountId))) return new Set();
  // Two that go in at once could close a circle together.
  await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.parents}, 0)`);
  const newest = await whichBecomeNewest(tx, versions);
  const parents = await parentsAbove(tx, [...accountIds, ...said.flatMap(({ parent }) => parent ?? [])]);
  const latestLast = said
    .filter(({ place }) => newest.has(place))
    .sort(
      (a, b) =>
        a.fromDay.localeCompare(b.fromDay) ||
        a.observedAt.getTime() - b.observedAt.getTime() ||
        a.receivedAt.getTime() - b.receivedAt.getTime(),
    );
  return new Set([...closingCircles(parents, latestLast)].map(({ place }) => place));
}

/**
 * What would close a circle. Of an account's own the last said holds; all that is said together is looked at as it would
 * stand in the end, whatever its order. Of a circle the last said is at fault that changes a parent, and what the account
 * said before, or is stored, holds in its place.
 */
export function closingCircles<Said extends SaidParent>(stored: ParentOf, said: readonly Said[]): ReadonlySet<Said> {
  const standing = new Map<string, Said[]>();
  for (const one of said) standing.set(one.accountId, [...(standing.get(one.accountId) ?? []), one]);
  const storedOf = (accountId: string) => stored.get(accountId) ?? null;
  const saidOf = (accountId: string) => standing.get(accountId)?.at(-1);
  const parentOf = (accountId: string) => {
    const newest = saidOf(accountId);
    return newest === undefined ? storedOf(accountId) : newest.parent;
  };
  const place = new Map(said.map((one, at) => [one, at]));
  const atFault = new Set<Said>();
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const accountId of standing.keys()) {
      const changing = circleOf(accountId, parentOf).flatMap((id) => {
        const newest = saidOf(id);
        return newest === undefined || newest.parent === storedOf(id) ? [] : [newest];
      });
      const [last] = changing.sort((a, b) => place.get(b)! - place.get(a)!);
      if (last === undefined) continue;
      atFault.add(last);
      standing.get(last.accountId)?.pop();
      isSettled = false;
    }
  }
  return atFault;
}

/** The accounts on the way from this one up to itself; none where the way does not come back to it. */
function circleOf(accountId: string, parentOf: (accountId: string) => string | null): string[] {
  const way = new Set<string>();
  for (let at: string | null = accountId; at !== null && !way.has(at); at = parentOf(at)) {
    way.add(at);
    if (parentOf(at) === accountId) return [...way];
  }
  return [];
}

/** The parents of these accounts, of their parents, and so on. */
async function parentsAbove(tx: Tx, accountIds: readonly string[]): Promise<ParentOf> {
  const parentOf = new Map<string, string | null>();
  let level = [...new Set(accountIds)];
  while (level.length > 0) {
    const found = await storedParents(tx, level);
    for (const id of level) parentOf.set(id, found.get(id) ?? null);
    level = [...new Set(found.values())].filter((id): id is string => id !== null && !parentOf.has(id));
  }
  return parentOf;
}

async function storedParents(tx: Tx, accountIds: readonly string[]): Promise<ParentOf> {
  const rows = await open(tx).query<{ id: string; parentId: string | null }>(
    `SELECT id, parent_id AS "parentId" FROM steward.account WHERE id = ANY($1::uuid[])`,
    [accountIds],
  );
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}
