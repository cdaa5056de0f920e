import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/config.js';
import { log } from '../../platform/logging/log.js';
import type { Run } from './run.repository.js';
import type { BucketSpan } from './run-spans.js';
import { PATIENCE, RunThread } from './run-thread.js';
import type { RunThreadData } from './run-thread-messages.js';

/** The threads that a process may compute in. */
export class RunThreadOptions {
  /** A thread without work for so long ends, and gives its memory back. */
  idleMs = 30_000;
  patience = PATIENCE;

  constructor(
    /** How many in all, the process's own among them. */
    readonly threads: number,
    /** Spans that are worked at a time, in all of them together; each works one at least. */
    readonly atATime: number,
    /** Spans that whoever drives a run asks for at a time. */
    readonly askedFor: number,
    /** No place is free for so long before a thread is started. */
    readonly startAfterMs: number,
    /** What a further one runs, and on what. */
    readonly start: { file: URL; data: RunThreadData },
  ) {}

  /** The most connections that the further threads open. */
  get connections(): number {
    return (this.threads - 1) * this.start.data.database.poolSize;
  }

  /** A batch holds a connection, and what is read beside it another. */
  static of({ database, log, worker, spansAskedFor }: Config, file: URL): RunThreadOptions {
    const { threads, batchesAtATime, threadAfterMs } = worker;
    // A further thread works half of the batches at the most: the process's own goes on.
    const data = { database: { url: database.url, poolSize: Math.ceil(batchesAtATime / 2) + 1 }, log };
    return new RunThreadOptions(threads, batchesAtATime, spansAskedFor, threadAfterMs, { file, data });
  }
}

/** Where spans are worked: in this thread (null) or a further one. */
interface Place {
  thread: RunThread | null;
  spans: number;
  idle: NodeJS.Timeout | null;
}

/**
 * Finds spans of runs a place to be worked at: this thread, and while it is never free, further ones. A
 * thread of Node computes on one core; a run over all accounts is to use those that it is given.
 */
@Injectable()
export class RunThreads implements BeforeApplicationShutdown {
  private readonly places: Place[] = [{ thread: null, spans: 0, idle: null }];
  private readonly waiting: ((place: Place) => void)[] = [];
  private timer: NodeJS.Timeout | null = null;
  private starting: Promise<void> | null = null;
  /** Whoever cannot start a thread does without. */
  private mayStart = true;

  constructor(
    private readonly options: RunThreadOptions,
    private readonly clock: Clock,
  ) {}

  get askedFor(): number {
    return this.options.askedFor;
  }

  /** Works a span as soon as there is a place for it: in a thread, or `here`. */
  async work(run: Run, span: BucketSpan, here: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const place = await this.take();
    try {
      if (place.thread === null) await here();
      else await place.thread.work(run, span, this.clock.now().getTime() - Date.now(), signal);
    } finally {
      place.spans -= 1;
      this.serve(place);
      this.rest(place);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.mayStart = false;
    await this.starting;
    await Promise.all([...this.places].map((place) => this.end(place)));
  }

  private take(): Promise<Place> {
    const free = this.places.find((place) => this.hasRoom(place));
    if (free) {
      this.occupy(free);
      return Promise.resolve(free);
    }
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.timer ??= setTimeout(() => this.start(), this.options.startAfterMs).unref();
    });
  }

  /** Until threads have started this one does what they will share. */
  private hasRoom(place: Place): boolean {
    return place.spans < Math.ceil(this.options.atATime / this.places.length);
  }

  private occupy(place: Place): void {
    place.spans += 1;
    if (place.idle) clearTimeout(place.idle);
    place.idle = null;
  }

  /** Gives those who wait what is free at a place. */
  private serve(place: Place): void {
    while (this.hasRoom(place) && this.places.includes(place)) {
      const next = this.waiting.shift();
      if (!next) break;
      this.occupy(place);
      next(place);
    }
    if (this.timer === null || !this.hasRoom(place)) return;
    clearTimeout(this.timer);
    this.timer = null;
  }

  private rest(place: Place): void {
    if (place.thread === null || place.spans > 0 || !this.places.includes(place)) return;
    place.idle = setTimeout(() => void this.end(place), this.options.idleMs).unref();
  }

  /** One after the other, for as long as no place is free. */
  private start(): void {
    this.timer = null;
    if (!this.mayStart || this.starting !== null || this.places.length >= this.options.threads) return;
    this.starting = this.startOne().finally(() => {
      this.starting = null;
      if (!this.places.some((place) => this.hasRoom(place))) this.start();
    });
  }

  private async startOne(): Promise<void> {
    const { file, data } = this.options.start;
    const thread = new RunThread(file, data, this.options.patience);
    const place: Place = { thread, spans: 0, idle: null };
    try {
      await thread.ready;
      this.places.push(place);
      // Dropped before its spans have failed, so that what waits is not given to it.
      void thread.lost.then(() => this.lose(place));
      this.serve(place);
      this.rest(place);
    } catch (error) {
      this.mayStart = false;
      log.warn({ err: error }, 'no thread for runs: this process computes in one alone');
    }
  }

  /** The places that are left may work more. */
  private lose(place: Place): void {
    this.drop(place);
    for (const other of this.places) this.serve(other);
  }

  private drop(place: Place): void {
    const index = this.places.indexOf(place);
    if (index >= 0) this.places.splice(index, 1);
    if (place.idle) clearTimeout(place.idle);
  }

  private async end(place: Place): Promise<void> {
    if (place.thread === null) return;
    this.drop(place);
    await place.thread.end();
  }
}
