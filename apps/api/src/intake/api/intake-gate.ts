import { Unavailable } from '../../platform/errors/app-error.js';

/** Batches stored at a time by one process; the rest wait their turn, and beyond that are sent away. */
const AT_A_TIME = 3;
const WAITING_AT_MOST = 60;

/** Keeps intake from taking every connection: bounded work, a bounded queue, and a clear refusal beyond it. */
export class IntakeGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atATime = AT_A_TIME,
    private readonly waitingAtMost = WAITING_AT_MOST,
  ) {}

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.atATime) {
      if (this.waiting.length >= this.waitingAtMost) {
        throw new Unavailable(
          'INTAKE_BUSY',
          'More facts arrive than can be stored. Send this again shortly; nothing of it was stored.',
        );
      }
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
