import { type Active, type FactMemory, type KnownFacts, type Learnt, nothingLearnt } from './fact-memory.js';

/** What a batch may take as known, and what it learns for those that follow. */
export class BatchMemory {
  readonly known: KnownFacts;
  readonly learnt: Learnt;

  /** `version`: as the batch's transaction read it before it looked at anything. */
  constructor(
    private readonly memory: FactMemory,
    version: string,
  ) {
    this.known = memory.asOf(version);
    this.learnt = nothingLearnt(version);
  }

  /** What is known as of a version that was read later in the transaction. */
  asOf(version: string): KnownFacts {
    return version === this.known.version ? this.known : this.memory.asOf(version);
  }

  learnActive(active: Active): void {
    this.learnt.active = active;
  }
}
