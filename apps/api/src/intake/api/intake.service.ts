import { Injectable } from '@nestjs/common';
import type { FactKind } from '@steward/shared/fact-kinds';
import {
  INTAKE_STATUSES,
  type IntakeAnswer,
  type IntakeItem,
  type IntakeStatus,
  MAX_BATCH_BYTES,
} from '@steward/shared/intake';
import { isDataError } from '../../db/data-fault.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { TooLarge, Unavailable } from '../../platform/errors/app-error.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import { Gate } from '../../platform/gate.js';
import { type Outcome, type Parcel, rejected } from '../facts/arrival.js';
import { FactStore } from '../facts/fact-store.js';
import { RefreshHint } from '../facts/refresh-hint.js';
import { WorkspaceFacts } from '../facts/workspace-facts.js';
import { GatheredEvents } from './gathered-events.js';
import { type IntakeProblem, problem } from './intake-problem.js';
import { PlainRecords, type ReadRecord } from './plain-record.js';
import { bytesOfAll, messageIdOf, readSegmentMessage } from './segment-messages.js';

const DAY_MS = 86_400_000;

interface ReadItem {
  messageId: string | null;
  read: ReadRecord;
}

/** What is known of a request's body. */
export interface SentBody {
  /** Its size as the sender tells it; null where it came in pieces or compressed, so that messages must be measured. */
  bytes: number | null;
  /** Its texts are known to be storable. */
  plain: boolean;
}

const UNKNOWN_BODY: SentBody = { bytes: null, plain: false };

const busy = () =>
  new Unavailable(
    'INTAKE_BUSY',
    'More facts arrive than can be stored. Send this again shortly; nothing of it was stored.',
  );

/**
 * Facts over HTTP: read each item, store what can be taken in one transaction, answer item by item. Requests of nothing
 * but events share transactions.
 */
@Injectable()
export class IntakeService {
  /** Requests that are being read or stored. */
  private readonly gate = new Gate({ atATime: 16, waitingAtMost: 47, refusal: busy });
  /** Intake must not take every connection of the process. */
  private readonly transactions = new Gate({ atATime: 3, waitingAtMost: Number.POSITIVE_INFINITY, refusal: busy });
  private readonly events = new GatheredEvents({
    together: (parcels) => this.transactions.pass(async () => (await this.store.storeParcels(parcels)).outcomes),
    alone: (parcel) => this.transactions.pass(() => this.storeAlone(parcel)),
    isFaultOfOne: isDataError,
  });

  constructor(
    private readonly store: FactStore,
    private readonly workspace: WorkspaceFacts,
    private readonly refresh: RefreshHint,
    private readonly clock: Clock,
  ) {}

  async takeMessages(
    messages: readonly unknown[],
    type: string | null,
    actor: Actor,
    body: SentBody = UNKNOWN_BODY,
  ): Promise<IntakeAnswer> {
    if ((body.bytes === null || body.bytes > MAX_BATCH_BYTES) && bytesOfAll(messages) > MAX_BATCH_BYTES) {
      throw new TooLarge(
        `A request may have ${MAX_BATCH_BYTES / 1024} KB of messages. Send several.`,
        'BATCH_TOO_LARGE',
      );
    }
    return this.take(actor, (records) =>
      messages.map((message) => ({
        messageId: messageIdOf(message),
        read: readSegmentMessage(message, type, records, body.plain),
      })),
    );
  }

  async takeFacts(kind: FactKind, facts: readonly unknown[], actor: Actor): Promise<IntakeAnswer> {
    return this.take(actor, (records) =>
      facts.map((fact) => ({ messageId: messageIdOf(fact), read: records.read(kind, fact) })),
    );
  }

  private take(actor: Actor, read: (records: PlainRecords) => ReadItem[]): Promise<IntakeAnswer> {
    return this.gate.pass(async () => {
      const receivedAt = this.clock.now();
      const records = new PlainRecords(await this.workspace.mappingContext(receivedAt));
      const items = read(records);
      const rows: FactRow[] = [];
      const observed: (Date | null)[] = [];
      for (const item of items) {
        item.read = notFromTheFuture(item.read, receivedAt);
        if (!item.read.ok) continue;
        for (const fact of item.read.facts) {
          rows.push(fact);
          observed.push(item.read.observedAt);
        }
      }
      const observedAtOf = (index: number) => observed[index] ?? null;
      const stored = await this.storeRows({ rows, context: { sourceKey: 'api', receivedAt, actor, observedAtOf } });
      if (stored.some(({ status }) => status === 'created' || status === 'updated')) this.refresh.give();
      return answerOf(items, stored);
    });
  }

  private async storeRows(parcel: Parcel): Promise<Outcome[]> {
    if (parcel.rows.length === 0) return [];
    // Other facts change one another: what became of each is clearer when they come by themselves.
    if (parcel.rows.every(({ kind }) => kind === 'event')) return this.events.store(parcel);
    return this.transactions.pass(() => this.storeAlone(parcel));
  }

  /** In one transaction; where the database refuses a fact, halving finds it and the others are stored all the same. */
  private async storeAlone(parcel: Parcel): Promise<Outcome[]> {
    const { rows } = parcel;
    try {
      return (await this.store.storeParcels([parcel])).outcomes;
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (rows.length === 1)
        return [rejected('CANNOT_BE_STORED', `The fact cannot be stored. ${toAppError(error).message}`)];
      const middle = Math.ceil(rows.length / 2);
      const first = await this.storeAlone(partOf(parcel, 0, middle));
      return [...first, ...(await this.storeAlone(partOf(parcel, middle, rows.length)))];
    }
  }
}

function partOf({ rows, context }: Parcel, from: number, to: number): Parcel {
  const observedAtOf = (index: number) => context.observedAtOf?.(from + index) ?? null;
  return { rows: rows.slice(from, to), context: { ...context, observedAtOf } };
}

/** An observation from beyond tomorrow would win over every later one. */
function notFromTheFuture(read: ReadRecord, receivedAt: Date): ReadRecord {
  if (!read.ok || read.observedAt === null || read.observedAt.getTime() <= receivedAt.getTime() + DAY_MS) return read;
  if (read.facts.some(({ kind }) => kind === 'event')) return { ...read, observedAt: receivedAt };
  return {
    ok: false,
    problems: [problem('OBSERVED_IN_FUTURE', 'observedAt', 'The fact was observed at a time yet to come.')],
  };
}

function refusedItem(index: number, messageId: string | null, problems: readonly IntakeProblem[]): IntakeItem {
  const { code, path, message } = problems[0]!;
  return { index, messageId, status: 'rejected', code, path, message, keptByHand: NOTHING_KEPT };
}

const NOTHING_KEPT: string[] = [];

/** An item of one fact that is in, as nearly all are. */
function takenItem(index: number, messageId: string | null, outcome: Outcome): IntakeItem | null {
  if (outcome.status !== 'created' && outcome.status !== 'updated' && outcome.status !== 'unchanged') return null;
  const { status, keptByHand } = outcome;
  return { index, messageId, status, code: null, path: null, message: null, keptByHand };
}

/** One item can hold several facts (an answer with two scores): what happened most tells. */
const MOST: readonly IntakeStatus[] = ['rejected', 'quarantined', 'created', 'updated', 'unchanged'];

function storedItem(index: number, messageId: string | null, outcomes: readonly Outcome[]): IntakeItem {
  const statuses = outcomes.map((outcome) => (outcome.status === 'duplicate' ? 'unchanged' : outcome.status));
  const status = MOST.find((one) => statuses.includes(one)) ?? 'unchanged';
  const refusal = outcomes.find((outcome) => outcome.status === 'rejected')?.rejection ?? null;
  return {
    index,
    messageId,
    status,
    code: refusal?.code ?? null,
    path: refusal?.column ?? null,
    message: refusal?.message ?? null,
    keptByHand: outcomes.flatMap((outcome) => ('keptByHand' in outcome ? outcome.keptByHand : [])),
  };
}

/** `stored`: what became of the facts of all items that could be read, in their order. */
function answerOf(read: readonly ReadItem[], stored: readonly Outcome[]): IntakeAnswer {
  const counts = Object.fromEntries(INTAKE_STATUSES.map((status) => [status, 0])) as IntakeAnswer['counts'];
  let next = 0;
  const items = read.map(({ messageId, read: result }, index) => {
    if (!result.ok) return refusedItem(index, messageId, result.problems);
    const first = next;
    next += result.facts.length;
    const taken = result.facts.length === 1 ? takenItem(index, messageId, stored[first]!) : null;
    return taken ?? storedItem(index, messageId, stored.slice(first, next));
  });
  for (const { status } of items) counts[status] += 1;
  return { success: counts.rejected === 0, counts, items };
}
