import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';

/** What a row says of its account; `parent` is the parent's account id, null where it says that there is none. */
interface SaysParent {
  accountId: string;
  values: ReadonlyMap<string, unknown>;
}

type ParentOf = Map<string, string | null>;

/**
 * The rows that would put an account under itself, by way of its parents as they are stored and as the rows before
 * change them.
 */
export async function inCircles<Row extends SaysParent>(tx: Tx, rows: readonly Row[]): Promise<ReadonlySet<Row>> {
  const circles = new Set<Row>();
  const saying = rows.filter(({ values }) => values.has('parent'));
  if (saying.length === 0) return circles;
  const parentSaid = ({ values }: SaysParent) => values.get('parent') as string | null;
  const accountIds = saying.map(({ accountId }) => accountId);
  const stored = await storedParents(tx, accountIds);
  const isNew = (row: SaysParent) => parentSaid(row) !== null && parentSaid(row) !== stored.get(row.accountId);
  // Feeds mostly say what is known.
  if (!saying.some(isNew)) return circles;
  // Two that go in at once could close a circle together.
  await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.parents}, 0)`);
  const parentOf = await parentsAbove(tx, [...accountIds, ...saying.flatMap((row) => parentSaid(row) ?? [])]);
  for (const row of saying) {
    const parent = parentSaid(row);
    if (parent !== null && leadsTo(parentOf, parent, row.accountId)) circles.add(row);
    else parentOf.set(row.accountId, parent);
  }
  return circles;
}

function leadsTo(parentOf: ParentOf, from: string, to: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = from; at !== null && !seen.has(at); at = parentOf.get(at) ?? null) {
    if (at === to) return true;
    seen.add(at);
  }
  return false;
}

/** The parents of these accounts, of their parents, and so on. */
async function parentsAbove(tx: Tx, accountIds: readonly string[]): Promise<ParentOf> {
  const parentOf: ParentOf = new Map();
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
