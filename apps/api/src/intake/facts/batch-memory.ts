import { forgetFacts, holdFacts } from '../../db/fact-memory.js';
import type { Tx } from '../../db/unit-of-work.js';
import {
  type Active,
  type FactMemory,
  nothingToRemember,
  type RememberedFacts,
  type ToRemember,
} from './fact-memory.js';

/** What a batch need not look up, and what it finds or makes for those that follow. */
export class BatchMemory {
  readonly remembered: RememberedFacts;
  readonly toRemember: ToRemember;
  private held = false;
  private forgotten = false;

  /**
   * `lookedUpBy`: the version as the batch's transaction read it before it looked at anything. `isUsed`: few facts are
   * soon looked up and need no memory.
   */
  constructor(
    memory: FactMemory,
    private readonly lookedUpBy: string,
    isUsed: boolean,
  ) {
    const version = isUsed ? lookedUpBy : '';
    this.remembered = memory.asOf(version);
    this.toRemember = nothingToRemember(version);
  }

  /** What is known to be active on the day. Only while it is held: before, a day may be taken away again. */
  activeOn(day: string) {
    return this.held && !this.forgotten ? this.remembered.on(day) : null;
  }

  rememberActive(active: Active): void {
    if (this.held && !this.forgotten) this.toRemember.active = active;
  }

  /** Makes all that the batch has looked up hold until its commit. */
  async hold(tx: Tx): Promise<void> {
    if (!this.held) this.mustBeAsLookedUp(await holdFacts(tx));
    this.held = true;
  }

  /** Ends what processes remember, because this batch takes some of it away. */
  async forget(tx: Tx): Promise<void> {
    const version = await forgetFacts(tx);
    if (!this.held) this.mustBeAsLookedUp(version);
    this.held = true;
    this.forgotten = true;
  }

  private mustBeAsLookedUp(version: string): void {
    if (version !== this.lookedUpBy) throw new LookedUpTooEarly();
  }
}

/** Has its transaction run again: somebody took away meanwhile what the batch had looked up. */
class LookedUpTooEarly extends Error {
  readonly code = '40001';

  constructor() {
    super('Accounts or contacts of the batch were taken away or told anew while it was stored.');
  }
}
