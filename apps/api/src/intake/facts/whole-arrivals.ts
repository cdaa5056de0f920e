import type { Tx } from '../../db/unit-of-work.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { type Arrival, isNewer, type Outcome, type Settle, type TouchedAccounts } from './arrival.js';
import type { Contacts } from './contacts.js';
import type { Names } from './names.repository.js';
import type { Placed } from './placing.js';
import { WHOLE_TABLES, type WholeKind, type WholeRow, wholeValues } from './whole-facts.js';
import { keepEarliestOpening, storeWholeFacts, type WholeFact, type WholeOutcome } from './whole-facts.repository.js';

export type WholeArrival = Arrival & { row: WholeRow };

type Values = Record<string, unknown>;
type Became = WholeOutcome['outcome'];

export interface ChangedFact {
  accountId: string;
  outcome: 'created' | 'updated';
  values: Values;
}

/** A fact as the newest of its arrivals tells it. */
interface Told {
  fact: WholeFact;
  newest: WholeArrival;
  arrivals: WholeArrival[];
}

/** Stores facts of one kind and tells each arrival what became of it; answers the facts that are new or changed. */
export async function storeWholeArrivals(
  tx: Tx,
  kind: WholeKind,
  placed: readonly Placed<WholeArrival>[],
  contacts: Contacts,
  names: Names,
  touched: TouchedAccounts,
  settle: Settle,
): Promise<ChangedFact[]> {
  if (placed.length === 0) return [];
  const read = placed.map(({ arrival, accountId }) => {
    const knownOn = arrival.asOfDay ?? names.days.dayOf(arrival.observedAt);
    return { arrival, accountId, values: wholeValues(arrival.row, { accountId, arrival, names, contacts, knownOn }) };
  });
  const told = toldOnce(kind, read);
  const facts = told.map(({ fact }) => fact);
  const stored = await storeWholeFacts(tx, WHOLE_TABLES[kind], facts);
  if (kind === 'deal') await keepEarliestOpening(tx, read.map(openingOf));
  const changed: ChangedFact[] = [];
  for (const { ord, outcome, day } of stored) {
    const { accountId, values } = told[ord]!.fact;
    if (day !== null) touched.add(accountId, day);
    for (const [arrival, became] of whatBecameOf(told[ord]!, outcome)) {
      settle(arrival, outcomeOf(arrival, became, names));
    }
    if (outcome === 'created' || outcome === 'updated') changed.push({ accountId, outcome, values });
  }
  return changed;
}

function toldOnce(
  kind: WholeKind,
  read: readonly { arrival: WholeArrival; accountId: string; values: Values }[],
): Told[] {
  const byIdentity = new Map<string, Told>();
  for (const { arrival, accountId, values } of read) {
    const identity = [accountId, ...Object.keys(WHOLE_TABLES[kind].key).map((column) => values[column])].join('|');
    const known = byIdentity.get(identity);
    if (known && !isNewer(arrival, known.newest)) {
      known.arrivals.push(arrival);
      continue;
    }
    const { observedAt, receivedAt } = arrival;
    const fact: WholeFact = { accountId, values, observedAt, receivedAt };
    byIdentity.set(identity, { fact, newest: arrival, arrivals: [...(known?.arrivals ?? []), arrival] });
  }
  return [...byIdentity.values()];
}

function openingOf({ accountId, values }: { accountId: string; values: Values }) {
  return { accountId, id: String(values['id']), openedOn: String(values['opened_on']) };
}

/** Of each arrival what it did, by what the fact as a whole did. */
function whatBecameOf({ arrivals, newest }: Told, outcome: Became): [WholeArrival, Became][] {
  if (outcome === 'created') return inTurn(arrivals);
  // Of rows that say the same the first brought it.
  const bringer = arrivals.find(({ row }) => sameContent(row, newest.row));
  return arrivals.map((arrival) => {
    if (arrival === bringer) return [arrival, outcome];
    return [arrival, sameContent(arrival.row, newest.row) ? 'repeated' : 'unchanged'];
  });
}

/** Arrivals of a new fact as if each had come in a batch of its own: the first creates it, others repeat or update it. */
function inTurn(arrivals: readonly WholeArrival[]): [WholeArrival, Became][] {
  let current: WholeArrival | null = null;
  return arrivals.map((arrival) => {
    const before: WholeArrival | null = current;
    if (before === null || isNewer(arrival, before)) current = arrival;
    if (before === null) return [arrival, 'created'];
    if (sameContent(arrival.row, before.row)) return [arrival, 'repeated'];
    return [arrival, isNewer(arrival, before) ? 'updated' : 'unchanged'];
  });
}

function outcomeOf(arrival: WholeArrival, became: Became, names: Names): Outcome {
  if (became === 'repeated' && arrival.importId !== null) return { status: 'duplicate' };
  const status = became === 'repeated' ? 'unchanged' : became;
  return { status, keptByHand: [], ownerTexts: ownerTexts(arrival.row, names) };
}

function sameContent(a: FactRow, b: FactRow): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The owner or author as delivered, where nobody bears that name. */
function ownerTexts(row: WholeRow, names: Names): string[] {
  const text = row.kind === 'deal' ? row.owner : row.kind === 'touchpoint' || row.kind === 'pulse' ? row.author : null;
  return text !== null && !names.users.has(text.toLowerCase()) ? [text] : [];
}
