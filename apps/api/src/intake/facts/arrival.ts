import type { FactRow, IsoDay } from '../../domain/values/fact-rows.js';
import type { ToRemember } from './fact-memory.js';

/** Who brings the facts: kept as the source of each account field. */
export interface Actor {
  kind: 'user' | 'api_key' | 'system';
  id: string | null;
  name: string;
}

/** How a batch of facts came in. */
export interface FactContext {
  /** The feed, for instance `files` or `api`; with the fact's kind it makes the source. */
  sourceKey: string;
  receivedAt: Date;
  /** When the facts were true at their source; the newest wins, whatever the order of arrival. Default: received. */
  observedAt?: Date;
  /** The same for single rows, where they differ. */
  observedAtOf?: (index: number) => Date | null;
  importId?: string | null;
  lineOf?: (index: number) => number | null;
  actor: Actor;
  /** The workspace day on which rows without a day of their own are known. Default: the day of observation. */
  asOfDay?: IsoDay;
  /** A person's own edit: wins over feeds, and later feeds do not silently overwrite it. */
  byPerson?: boolean;
  /** Account rows of unknown accounts wait like other facts instead of creating them. */
  accountsMustExist?: boolean;
}

/** Facts that came in together. */
export interface Parcel {
  rows: readonly FactRow[];
  context: FactContext;
}

/** A fact on its way through the store, with what is needed to store it now or after a time in quarantine. */
export interface Arrival {
  /** Position in the batch; -1 for a fact that left quarantine. */
  index: number;
  row: FactRow;
  /** Of an event: its time, in milliseconds since 1970; null where it tells none, and for all other kinds. */
  instant: number | null;
  sourceKey: string;
  receivedAt: Date;
  observedAt: Date;
  importId: string | null;
  line: number | null;
  asOfDay: IsoDay | null;
  byPerson: boolean;
  /** Whether an account row may create its account. */
  mayCreate: boolean;
  actor: Actor;
}

export interface Rejection {
  code: string;
  message: string;
  /** The field at fault by its key in the catalogue of fact kinds, or `attributes.<key>`; null: the row as a whole. */
  column: string | null;
}

export type Outcome =
  | { status: 'created' | 'updated' | 'unchanged'; keptByHand: string[]; ownerTexts: string[] }
  /** The same import brought the same fact on an earlier line. */
  | { status: 'duplicate' }
  | { status: 'quarantined' }
  | { status: 'rejected'; rejection: Rejection };

/** Tells an arrival what became of it. */
export type Settle = (arrival: Arrival, outcome: Outcome) => void;

export interface StoreResult {
  /** One for each row, in the order given. */
  outcomes: Outcome[];
  /** Accounts whose computed values are out of date now. */
  dirtyAccounts: number;
  /** What each source delivered, for `recordDeliveries` after the commit. */
  deliveries: Delivery[];
  /** What the next batches need not look up, for `FactMemory.remember` after the commit. */
  toRemember: ToRemember;
}

export interface Delivery {
  sourceKey: string;
  kind: FactRow['kind'];
  /** Workspace day on which the rows were received. */
  day: IsoDay;
  rows: number;
  receivedAt: Date;
}

/** What came in, in the order of the parcels and their rows. */
export function arrivalsOf(parcels: readonly Parcel[]): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const { rows, context } of parcels) {
    for (const [index, row] of rows.entries()) {
      arrivals.push({
        index: arrivals.length,
        row,
        instant: instantOf(row),
        sourceKey: context.sourceKey,
        receivedAt: context.receivedAt,
        observedAt: context.observedAtOf?.(index) ?? context.observedAt ?? context.receivedAt,
        importId: context.importId ?? null,
        line: context.lineOf?.(index) ?? null,
        asOfDay: context.asOfDay ?? null,
        byPerson: context.byPerson ?? false,
        mayCreate: !context.accountsMustExist,
        actor: context.actor,
      });
    }
  }
  return arrivals;
}

export function ofKind<A extends Arrival>(arrivals: readonly Arrival[], kind: FactRow['kind']): A[] {
  return arrivals.filter(({ row }) => row.kind === kind) as A[];
}

export function instantOf(row: FactRow): number | null {
  return row.kind === 'event' && row.occurredAt !== null ? Date.parse(row.occurredAt) : null;
}

export function rejected(code: string, message: string, column: string | null = null): Outcome {
  return { status: 'rejected', rejection: { code, message, column } };
}

export function sourceOf(arrival: Arrival): string {
  return `${arrival.sourceKey}/${arrival.row.kind}`;
}

/** The source as a field's history keeps it. */
export function fieldSource(arrival: Arrival): string {
  return arrival.byPerson ? `person:${arrival.actor.id ?? arrival.actor.name}` : sourceOf(arrival);
}

/** Later observation wins; of two at the same moment the one received later; then the later one in its batch. */
export function isNewer(a: Arrival, b: Arrival): boolean {
  return (
    (a.observedAt.getTime() - b.observedAt.getTime() ||
      a.receivedAt.getTime() - b.receivedAt.getTime() ||
      a.index - b.index) >= 0
  );
}

/** The earliest day touched of each account: what must be computed again. */
export class TouchedAccounts {
  readonly since = new Map<string, IsoDay>();

  add(accountId: string, day: IsoDay): void {
    const known = this.since.get(accountId);
    if (known === undefined || day < known) this.since.set(accountId, day);
  }
}
