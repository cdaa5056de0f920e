import type { FieldStage } from '@steward/shared/catalogue';
import type { IsoDay } from '@steward/shared/common';
import type { SegmentOf } from '@steward/shared/segments';
import type { Scope } from '../../platform/auth/scope.js';
import type { Binder } from './binder.js';
import type { Catalogue } from './bindings.js';

/**
 * What the rows are that a rule is put to. In each, `s` is the row of computed state and `a` the account.
 * - live: `account_state s`, the newest state;
 * - run: the work table of a running day (`account_state` or `account_rebuild`): a rule of `stage` reads what earlier
 *   stages computed for the day itself, and its own and later stages as of the close of the day before;
 * - past: `account_snapshot s`, restricted by the caller to the day; with a `stage`, goals and child accounts are read as
 *   its rules read them on that day.
 * Where `versions` holds, account fields are read as they were on the day.
 */
export type RuleContext =
  | { kind: 'live'; day: IsoDay }
  | { kind: 'run'; day: IsoDay; stage: FieldStage; versions: boolean }
  | { kind: 'past'; day: IsoDay; stage?: FieldStage };

/** What one compilation knows and finds out on its way. */
export interface RuleScope {
  /** What the rule is put to: accounts, or contacts `x` of them, whose events and memberships are then their own. */
  of: SegmentOf;
  catalogue: Catalogue;
  context: RuleContext;
  binder: Binder;
  /** Who asks: “me” and “my team” among owners; null where nobody does. */
  asker: { id: string; teamIds: readonly string[] } | null;
  /**
   * Within whose sight other accounts lie that a rule asks for: those that the reader may not see are as if they were not
   * there. Null: a run asks, of everybody's accounts. Not set where fields alone are read.
   */
  reader?: Scope | null;
  /** Columns of `r` that hold the values of fields, by their keys. */
  gathered: Map<string, string>;
  /** Values whose look-ups are made for few rows only. */
  seldomLookedUp: Set<string>;
  /** The rule is put to most accounts there are: what they all look up is gathered once. */
  manyAccounts: boolean;
  /** The day of the context as an SQL date. */
  readonly day: string;
  /** Set when an expression reads `account a`, so that a caller may leave the join out. */
  readsAccount: boolean;
  /** Fields known as of now only that a rule over an earlier day reads. */
  nowOnlyFields: Set<string>;
}
