import { createHash } from 'node:crypto';
import { Binder } from '../../db/rules/binder.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import type { Batch } from '../batch.js';
import type { DayOfSegments } from './day-of-segments.js';
import type { SegmentPart } from './segment-parts.js';
import type { Differences } from './segments.repository.js';

/** The accounts of a batch whose contacts have to be held against the rules; of all others the members stay. */
export interface UnsettledContacts {
  batch: Batch;
  accounts: ReadonlyMap<string, UnsettledAccount>;
}

export interface UnsettledAccount {
  /** The newest rule version that the account was held against; null: it never was. */
  through: number | null;
  /** It was not held against the newest rule yet. */
  isBehind: boolean;
  /** What the rules rest on, with what they read of the account: a 64-bit number. */
  basis: string;
  /** It is noted as settled for this day or later. */
  isNoted: boolean;
}

/** Through which day the members among an account's contacts stay as the run has left them. */
export interface Settled {
  accountId: string;
  basis: string;
  from: Day;
  through: Day;
}

/** What members rest on beside the day and the account: other rules, or others among which they stand, settle nothing. */
export interface SettlingRules {
  basis: string;
  /** SQL over `account_state s`. */
  accountValues: readonly string[];
}

/** Any day: the statement's text is the same for all. */
const SOME_DAY = isoOf(0 as Day);

const made = new KeptTexts<SegmentPart, SettlingRules>();

/** Parts are made for a catalogue. */
export function settlingRules(part: SegmentPart, { model, context }: DayOfSegments): SettlingRules {
  return made.of(part, JSON.stringify({ ...context, day: SOME_DAY }), () => makeSettling(part, { model, context }));
}

function makeSettling(
  { segments: steady, others }: SegmentPart,
  { model, context }: Pick<DayOfSegments, 'model' | 'context'>,
): SettlingRules {
  const binder = new Binder();
  const { sql, gathered, steadiness } = compileRules(
    steady.map(({ rule }) => rule),
    {
      catalogue: contactCatalogue(model.catalogue),
      context: { ...context, day: SOME_DAY },
      binder,
      of: 'contact',
      reader: null,
      gathers: true,
      tellsSteady: true,
    },
  );
  const segments = steady.map(({ id, version }) => [id, version]);
  const rests = JSON.stringify([segments, others, sql, gathered, steadiness, binder.values]);
  const basis = createHash('sha256').update(rests).digest().readBigInt64BE().toString();
  return { basis, accountValues: steadiness?.accountValues ?? [] };
}

/** Of the accounts that were asked about, those that are computed: all of the batch, where they are most of it. */
export function contactsOf(
  asked: ReadonlyMap<string, UnsettledAccount>,
  batch: Batch,
  computed: ReadonlySet<string>,
): UnsettledContacts {
  const accounts = new Map([...asked].filter(([id]) => computed.has(id)));
  const isMost = batch.kind === 'list' || accounts.size * 2 > computed.size;
  return { batch: isMost ? batch : { kind: 'list', ids: [...accounts.keys()] }, accounts };
}

/** What is noted of the accounts that were asked: something happened on the day, so that it is looked at once more. */
export function settledBy(
  unsettled: UnsettledContacts,
  { differences, steadyThrough }: Differences,
  day: Day,
): Settled[] {
  const moved = new Set(differences.map(({ accountId }) => accountId));
  return [...unsettled.accounts].flatMap(([accountId, { basis }]) => {
    const through = steadyThrough.get(accountId);
    if (through === undefined) return [];
    return [{ accountId, basis, from: moved.has(accountId) ? addDays(day, 1) : day, through }];
  });
}
