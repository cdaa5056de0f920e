/** Bounded work and a bounded queue: so many at a time, so many waiting for their turn, and a clear refusal beyond. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** `refusal` makes the error that those beyond the queue are sent away with. */
  constructor(private readonly limits: { atATime: number; waitingAtMost: number; refusal: () => Error }) {}

  /** Nobody is at work, and so nobody waits. */
  get isIdle(): boolean {
    return this.running === 0;
  }

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    const { atATime, waitingAtMost, refusal } = this.limits;
    if (this.running >= atATime) {
      if (this.waiting.length >= waitingAtMost) throw refusal();
      await new Promise<void>((turn) => this.waiting.push(turn));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on rather than freed.
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** A gate for each person or program: whoever fills their own keeps nobody else waiting. */
export class Gates {
  private readonly gates = new Map<string, Gate>();

  constructor(private readonly limits: ConstructorParameters<typeof Gate>[0]) {}

  async pass<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const gate = this.gates.get(key) ?? new Gate(this.limits);
    this.gates.set(key, gate);
    try {
      return await gate.pass(work);
    } finally {
      if (gate.isIdle) this.gates.delete(key);
    }
  }
}
