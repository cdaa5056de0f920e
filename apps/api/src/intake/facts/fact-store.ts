import { Injectable } from '@nestjs/common';
import { OLDEST_EVENT_MONTHS } from '@steward/shared/fact-kinds';
import { isDataError } from '../../db/data-fault.js';
import { holdFacts } from '../../db/fact-memory.js';
import { LEDGER_TABLES, Partitions } from '../../db/partitions.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import type { Delivery, FactContext, Parcel, StoreResult } from './arrival.js';
import { FactMemory } from './fact-memory.js';
import { dueFacts, refuseWaiting, type WaitingKey } from './quarantine.repository.js';
import { recordDeliveries } from './sources.repository.js';
import { storeFacts, storeParcels, storeReleased } from './store-facts.js';
import { addIsoDays, addIsoMonths } from './workspace-days.js';

const SWEPT_FACTS = 2_000;
/** So many batches in one sweep; what is left comes with the next. */
const SWEPT_ROUNDS = 100;
const FIRST_KEY: WaitingKey = {
  accountId: '00000000-0000-0000-0000-000000000000',
  id: '00000000-0000-0000-0000-000000000000',
};

/** Facts in, whole: makes room in the ledger, stores in one transaction, then counts the delivery. */
@Injectable()
export class FactStore {
  private readonly memory = new FactMemory();
  private counting: Promise<void> = Promise.resolve();
  private uncounted: { deliveries: Delivery[]; counted: Promise<void> } | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly partitions: Partitions,
  ) {}

  /** Stores a batch in a transaction of its own, together with what `alongside` writes. */
  async store(
    rows: readonly FactRow[],
    context: FactContext,
    alongside?: (tx: Tx, result: StoreResult) => Promise<void>,
  ): Promise<StoreResult> {
    return this.storeParcels([{ rows, context }], alongside);
  }

  /** Stores what came in apart in one transaction; outcomes come in the order of the parcels' rows. */
  async storeParcels(
    parcels: readonly Parcel[],
    alongside?: (tx: Tx, result: StoreResult) => Promise<void>,
  ): Promise<StoreResult> {
    for (const { rows, context } of parcels) await this.makeRoom(rows, context.receivedAt);
    let isAgain = false;
    const result = await this.unitOfWork.run(async (tx) => {
      // What was looked up was taken away meanwhile: this time nobody may.
      if (isAgain) await holdFacts(tx);
      isAgain = true;
      const stored = await storeParcels(tx, parcels, this.memory);
      await alongside?.(tx, stored);
      return stored;
    });
    this.memory.remember(result.toRemember);
    await this.countDeliveries(result.deliveries);
    return result;
  }

  /** One count at a time, since all of them write the same rows: what arrives meanwhile is counted together. */
  private countDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    if (this.uncounted !== null) {
      this.uncounted.deliveries.push(...deliveries);
      return this.uncounted.counted;
    }
    const gathered = [...deliveries];
    const counted = this.counting.then(() => {
      this.uncounted = null;
      return this.unitOfWork.run((tx) => recordDeliveries(tx, gathered));
    });
    this.uncounted = { deliveries: gathered, counted };
    this.counting = counted.catch(() => undefined);
    return counted;
  }

  /** What a batch would do, without doing it. */
  async rehearse(rows: readonly FactRow[], context: FactContext): Promise<StoreResult> {
    await this.makeRoom(rows, context.receivedAt);
    let result: StoreResult | null = null;
    try {
      await this.unitOfWork.run(async (tx) => {
        result = await storeFacts(tx, rows, context);
        throw new Rehearsed();
      });
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error;
    }
    return result!;
  }

  /** Months of the ledger for every event of the rows, whether or not its account is known yet. */
  async makeRoom(rows: readonly FactRow[], receivedAt: Date): Promise<void> {
    const received = receivedAt.toISOString().slice(0, 10);
    const oldest = addIsoMonths(received, -OLDEST_EVENT_MONTHS - 1);
    const newest = addIsoDays(received, 3);
    let from: string | null = null;
    let to: string | null = null;
    for (const row of rows) {
      if (row.kind !== 'event') continue;
      const day = row.occurredAt === null ? received : row.occurredAt.slice(0, 10);
      if (day < oldest || day > newest) continue;
      if (from === null || day < from) from = day;
      if (to === null || day > to) to = day;
    }
    // A workspace day can lie in the month before or after that of the instant.
    if (from !== null && to !== null)
      await this.partitions.ensure(LEDGER_TABLES, addIsoDays(from, -1), addIsoDays(to, 1));
  }

  /**
   * Stores waiting facts whose account is known: those that just missed its creation, or were too many at once. What was
   * refused before is tried again only when its account has changed since, or with `all`. Walks by key, so that facts
   * which go back to waiting never stand before the others. Answers how many were tried.
   */
  async sweepQuarantine(now: Date, all = false): Promise<number> {
    let swept = 0;
    let after = FIRST_KEY;
    for (let round = 0; round < SWEPT_ROUNDS; round += 1) {
      const due = await this.unitOfWork.run((tx) => dueFacts(tx, { after, at: now, all, atMost: SWEPT_FACTS }));
      const last = due.at(-1);
      if (last === undefined) break;
      await this.storeWaiting(due, now);
      swept += due.length;
      after = last;
    }
    return swept;
  }

  /** Stores waiting facts; one that breaks the statement is found by halves and goes on waiting. */
  private async storeWaiting(keys: readonly WaitingKey[], now: Date): Promise<void> {
    try {
      await this.unitOfWork.run((tx) => storeReleased(tx, keys, now));
    } catch (error) {
      const [only, ...others] = keys;
      if (!isDataError(error) || only === undefined) throw error;
      if (others.length === 0) {
        const message = `The fact cannot be stored. ${toAppError(error).message}`;
        await this.unitOfWork.run((tx) =>
          refuseWaiting(tx, only, { code: 'CANNOT_BE_STORED', message, column: null }, now),
        );
        return;
      }
      const half = Math.ceil(keys.length / 2);
      await this.storeWaiting(keys.slice(0, half), now);
      await this.storeWaiting(keys.slice(half), now);
    }
  }
}

class Rehearsed extends Error {}
