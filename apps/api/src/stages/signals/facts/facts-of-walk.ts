import { addDays, type Day, earlier } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { Drafts } from './account-draft.js';
import type { AccountFactRow } from './account-fields.repository.js';
import type { FactsToLoad } from './facts-to-load.js';

/**
 * So many days are loaded at once: with more, each day has to look through more that is not its own, and what arrives
 * meanwhile is seen later.
 */
const DAYS_TOGETHER = 15;

/**
 * What one walk through days keeps of the facts of its batch. The domain ignores what is dated after the day, so that
 * facts loaded for some days in a row serve each of them. Facts that arrive meanwhile mark their account anew and are
 * seen to after the walk.
 */
export class FactsOfWalk {
  private held: { batch: string; first: Day; last: Day; drafts: Drafts } | null = null;

  /** `wantedOn` tells what a day of the walk, up to its `last`, reads. */
  constructor(
    private readonly last: Day,
    private readonly wantedOn: (day: Day) => FactsToLoad,
  ) {}

  /** The kept facts, the accounts in them as they are now; null: others are needed. */
  kept(batch: Batch, day: Day, rows: readonly AccountFactRow[]): Drafts | null {
    const { held } = this;
    if (held === null || day < held.first || day > held.last || held.batch !== JSON.stringify(batch)) return null;
    const drafts: Drafts = new Map();
    for (const row of rows) {
      const draft = held.drafts.get(row.id);
      if (draft === undefined) return null;
      draft.row = row;
      drafts.set(row.id, draft);
    }
    return drafts;
  }

  keep(batch: Batch, { asOf, through }: FactsToLoad, drafts: Drafts): Drafts {
    this.held = { batch: JSON.stringify(batch), first: asOf, last: through, drafts };
    return drafts;
  }

  /** What the last day reads that can share facts with this one: amounts are converted where they are loaded. */
  lastTogetherWith({ asOf, rates }: FactsToLoad): FactsToLoad {
    const nextRate = rates.reduce(
      (next, { from }) => (from > asOf ? earlier(next, addDays(from, -1)) : next),
      this.last,
    );
    return this.wantedOn(earlier(nextRate, addDays(asOf, DAYS_TOGETHER - 1)));
  }
}
