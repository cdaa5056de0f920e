import type { IsoDay } from '@steward/shared/common';
import type { DealEventKind, DealKind, DealState } from '@steward/shared/deals';
import { assertUnreachable } from '../assert-unreachable.js';

/** What people do with a deal: which states allow which step, what it changes, and what taking it back restores. */

export interface DealFields {
  kind: DealKind;
  name: string;
  /** Key of a stage, or the text of an import. */
  stage: string | null;
  amountMinor: number | null;
  currency: string | null;
  probability: number | null;
  closeOn: IsoDay | null;
  ownerUserId: string | null;
  ownerText: string | null;
  state: DealState;
  endedOn: IsoDay | null;
  reason: string | null;
  openedOn: IsoDay;
  goalId: string | null;
}

/** Fields that a person edits while a deal is open; name and goal also when it has ended. */
export type DealEdit = Partial<Omit<DealFields, 'state' | 'endedOn' | 'reason' | 'openedOn'>>;

export type DealStep =
  | { kind: 'edit'; fields: DealEdit }
  | { kind: 'win'; on: IsoDay; reason: string | null }
  | { kind: 'lose'; on: IsoDay; reason: string }
  | { kind: 'reopen' };

export type DealRefusal =
  /** It is won or lost: reopen it first. */
  | 'DEAL_ENDED'
  /** It is not won or lost. */
  | 'DEAL_OPEN'
  /** It would end on a day that is yet to come. */
  | 'DAY_IN_FUTURE';

export type Stepped =
  | { kind: 'refused'; why: DealRefusal }
  /** Without a change nothing happened. */
  | { kind: 'done'; change: Partial<DealFields>; event: DealEventKind };

const WHEN_ENDED: ReadonlySet<string> = new Set(['name', 'goalId']);

/**
 * What a step makes of a deal. Open ones are edited, won and lost; an ended one is reopened, and keeps taking a name and a
 * goal. A deal that ends before the day it was opened was open by then.
 */
export function step(deal: DealFields, asked: DealStep, today: IsoDay): Stepped {
  switch (asked.kind) {
    case 'edit': {
      const change = differing(deal, asked.fields);
      if (deal.state !== 'open' && Object.keys(change).some((field) => !WHEN_ENDED.has(field)))
        return refused('DEAL_ENDED');
      return { kind: 'done', change, event: 'stage' in change ? 'moved' : 'edited' };
    }
    case 'win':
    case 'lose': {
      if (deal.state !== 'open') return refused('DEAL_ENDED');
      if (asked.on > today) return refused('DAY_IN_FUTURE');
      const state = asked.kind === 'win' ? 'won' : 'lost';
      const openedOn = asked.on.localeCompare(deal.openedOn) < 0 ? asked.on : deal.openedOn;
      return { kind: 'done', change: { state, endedOn: asked.on, reason: asked.reason, openedOn }, event: state };
    }
    case 'reopen':
      if (deal.state === 'open') return refused('DEAL_OPEN');
      return { kind: 'done', change: { state: 'open', endedOn: null, reason: null }, event: 'reopened' };
    default:
      return assertUnreachable(asked);
  }
}

const refused = (why: DealRefusal): Stepped => ({ kind: 'refused', why });

function differing(deal: DealFields, fields: DealEdit): Partial<DealFields> {
  const entries = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && value !== deal[field as keyof DealFields],
  );
  return Object.fromEntries(entries);
}

/** An event of a deal as far as taking back needs it. */
export interface PastStep {
  id: string;
  kind: DealEventKind;
  /** The deal before the step, with its revision; null: it was not there. */
  before: { revision: number } | null;
  /** The deal’s revision after the step. */
  revisionAfter: number;
  /** Of an undo: the event that it took back. */
  undoes: string | null;
}

const UNDOABLE: ReadonlySet<DealEventKind> = new Set(['edited', 'moved', 'won', 'lost', 'reopened', 'deleted']);

/**
 * The step that an undo takes back: the newest that stands, as long as nothing else has changed the deal since, such as an
 * import. `revision` is the deal’s own now; null where it was deleted.
 */
export function undoableStep<Step extends PastStep>(
  newestFirst: readonly Step[],
  revision: number | null,
): Step | null {
  const undone = new Set<string>();
  let expected = revision ?? newestFirst[0]?.revisionAfter ?? null;
  for (const event of newestFirst) {
    if (event.kind === 'undone') {
      const taken = newestFirst.find(({ id }) => id === event.undoes);
      if (taken) undone.add(taken.id);
      if (event.revisionAfter === expected) expected = taken?.before?.revision ?? null;
    } else if (!undone.has(event.id)) {
      return event.revisionAfter === expected && UNDOABLE.has(event.kind) && event.before !== null ? event : null;
    }
  }
  return null;
}
