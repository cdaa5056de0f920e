import type { Outcome, Parcel } from '../facts/arrival.js';

/** Two, so that one is prepared while the other is written. */
const BATCHES_AT_A_TIME = 2;
/** A batch is begun with less, and never made longer than this by another parcel. */
const MOST_ROWS = 2_000;

interface Waiting {
  parcel: Parcel;
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

interface Stores {
  /** All parcels in one transaction; outcomes in the order of their rows. */
  together: (parcels: readonly Parcel[]) => Promise<Outcome[]>;
  /** One parcel by itself, whatever is wrong with it. */
  alone: (parcel: Parcel) => Promise<Outcome[]>;
  /** Whether what went wrong may be the fault of a single parcel. */
  isFaultOfOne: (error: unknown) => boolean;
}

/**
 * Parcels of events that arrive while batches are being stored wait and are stored together: the more arrive, the fewer
 * transactions and commits each of them costs. Nobody waits when there is room. Where a batch is refused its parcels
 * are stored one by one, so that none suffers for another.
 */
export class GatheredEvents {
  private readonly waiting: Waiting[] = [];
  private running = 0;

  constructor(private readonly stores: Stores) {}

  /** Answers once the parcel is committed. */
  store(parcel: Parcel): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ parcel, resolve, reject });
      this.begin();
    });
  }

  private begin(): void {
    if (this.running >= BATCHES_AT_A_TIME || this.waiting.length === 0) return;
    this.running += 1;
    void this.storeBatch(this.nextBatch()).finally(() => {
      this.running -= 1;
      this.begin();
    });
  }

  private nextBatch(): Waiting[] {
    let rows = 0;
    let parcels = 0;
    for (const { parcel } of this.waiting) {
      rows += parcel.rows.length;
      if (parcels > 0 && rows > MOST_ROWS) break;
      parcels += 1;
    }
    return this.waiting.splice(0, parcels);
  }

  private async storeBatch(batch: readonly Waiting[]): Promise<void> {
    if (batch.length > 1) {
      try {
        const outcomes = await this.stores.together(batch.map(({ parcel }) => parcel));
        let first = 0;
        for (const { parcel, resolve } of batch) {
          resolve(outcomes.slice(first, first + parcel.rows.length));
          first += parcel.rows.length;
        }
        return;
      } catch (error) {
        if (!this.stores.isFaultOfOne(error)) {
          for (const { reject } of batch) reject(error);
          return;
        }
      }
    }
    for (const { parcel, resolve, reject } of batch) await this.stores.alone(parcel).then(resolve, reject);
  }
}
