import type { BulkChange, BulkKind, BulkRefusal } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../../db/unit-of-work.js';
import type { CurrentUserData } from '../../../platform/auth/principal.js';
import type { Scope } from '../../../platform/auth/scope.js';
import type { HeldAccount } from '../../../records/accounts/many-accounts.repository.js';

/** Some accounts of an action, held for whoever ordered it: only accounts that they see today. */
export interface Batch {
  tx: Tx;
  /** What is made is named after the action, so that nothing is made twice. */
  actionId: string;
  user: CurrentUserData;
  scope: Scope;
  accounts: readonly HeldAccount[];
  day: IsoDay;
  at: Date;
}

/**
 * What became of an account. `before` and `after` are what taking it back needs. It is computed anew from `sinceDay` on,
 * today where that is not said, and not at all where it is null.
 */
export type Outcome =
  | { state: 'done'; before: unknown; after: unknown; sinceDay?: IsoDay | null }
  | { state: 'unchanged' }
  | { state: 'refused'; code: BulkRefusal };

export type Outcomes = Map<string, Outcome>;

/** What an action did to an account. */
export interface Deed {
  before: unknown;
  after: unknown;
}

/** What is known of an order before any of its accounts is looked at. */
export type Ordered = Pick<Batch, 'tx' | 'day'>;

/** Why a change is refused for every account, and where in the change that stands. */
export interface RefusedWhole {
  code: BulkRefusal;
  path: string;
}

/** One kind of change to many accounts, and how it is taken back. */
export interface KindOfBulk<Kind extends BulkKind = BulkKind> {
  /** Asked when the change is ordered, and again of each batch: what it names may be gone by then. */
  refusedWhole?(ordered: Ordered, change: Extract<BulkChange, { kind: Kind }>): Promise<RefusedWhole | null>;
  apply(batch: Batch, change: Extract<BulkChange, { kind: Kind }>): Promise<Outcomes>;
  /** Restores what was before where what the action left still stands; anything else is refused as changed since. */
  undo(batch: Batch, change: Extract<BulkChange, { kind: Kind }>, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes>;
}

export const UNCHANGED = { state: 'unchanged' } as const satisfies Outcome;

export function refused(code: BulkRefusal): Outcome {
  return { state: 'refused', code };
}

export function refuseAll({ accounts }: Batch, code: BulkRefusal): Outcomes {
  return new Map(accounts.map(({ id }) => [id, refused(code)]));
}

/** The source of a value that a person set. */
export function sourceOf({ user }: Batch): string {
  return `person:${user.id}`;
}
