import type { Tx } from '../../db/unit-of-work.js';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { type Resolved, resolveAccounts } from './accounts.repository.js';
import { type Arrival, type Outcome, ofKind, rejected, type Settle } from './arrival.js';
import type { BatchMemory } from './batch-memory.js';
import { type EventArrival, timeOf } from './events.js';
import type { Names } from './names.repository.js';
import { surveyId } from './whole-facts.js';
import { addIsoDays } from './workspace-days.js';

/** A fact with its account. */
export type Placed<A extends Arrival = Arrival> = { arrival: A; accountId: string };

export function ofPlaced<A extends Arrival>(placed: readonly Placed[], kind: Arrival['row']['kind']): Placed<A>[] {
  return placed.filter(({ arrival }) => arrival.row.kind === kind) as Placed<A>[];
}

/** Finds each fact's account; facts without one wait, and facts that cannot be taken are refused. */
export async function placeFacts(
  tx: Tx,
  arrivals: readonly Arrival[],
  names: Names,
  memory: BatchMemory,
  settle: Settle,
  wait: (arrival: Arrival) => void,
): Promise<Placed[]> {
  const resolved = await resolveAccounts(
    tx,
    arrivals.map(({ row }) => row.account),
    memory,
  );
  const events = ofKind<EventArrival>(arrivals, 'event');
  const exceptions = await timeOf(tx, events, resolved, names, settle);
  const placed: Placed[] = [];
  for (const original of arrivals) {
    const exception = exceptions.get(original);
    if (exception === null) continue;
    const arrival = exception ?? original;
    const refusal = refusalOf(arrival, names);
    if (refusal !== null) {
      settle(arrival, refusal);
      continue;
    }
    const accountId = accountOf(arrival, resolved.of(arrival.row.account), settle, wait);
    if (accountId !== null) placed.push({ arrival, accountId });
  }
  return placed;
}

/** Null where no account takes the fact now: it waits, or is refused. */
function accountOf(arrival: Arrival, found: Resolved, settle: Settle, wait: (arrival: Arrival) => void): string | null {
  const { row } = arrival;
  switch (found.kind) {
    case 'known':
      return found.accountId;
    case 'deleted':
      settle(arrival, rejected('ACCOUNT_DELETED', `Account "${row.account.id}" was deleted.`, 'account'));
      return null;
    case 'ambiguous':
      settle(
        arrival,
        rejected('AMBIGUOUS_SUBSCRIPTION', `Several accounts have a subscription "${row.account.id}".`, 'account'),
      );
      return null;
    case 'unknown':
      wait(arrival);
      return null;
    default:
      return assertUnreachable(found);
  }
}

/** Why no account could take the fact; null: nothing is wrong with it. */
function refusalOf({ row, receivedAt }: Arrival, names: Names): Outcome | null {
  if (row.kind !== 'survey' && row.kind !== 'pulse') return null;
  if (row.kind === 'survey' && surveyId(row) === null) {
    return rejected('MISSING_IDENTITY', 'An answer needs an id of its own or the contact who gave it.', 'id');
  }
  // People say how things are, not how they will be. A day later for who lives east of the workspace.
  if (row.day <= addIsoDays(names.days.dayOf(receivedAt), 1)) return null;
  const what = row.kind === 'pulse' ? 'pulse' : 'answer';
  return rejected('DAY_IN_FUTURE', `The ${what} is dated ${row.day}, which is yet to come.`, 'day');
}
