import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import type { Run } from './run.repository.js';
import { type BucketSpan, RunSpans } from './run-spans.js';
import { RunThreads } from './run-threads.js';

/** Spans that are worked at a time where everything is computed in one thread. */
const AT_A_TIME = 2;

/** Works spans wherever this process has a place for them. */
@Injectable()
export class SpanPlaces {
  constructor(
    private readonly spans: RunSpans,
    /** Absent: everything is computed in this thread. */
    @Optional() @Inject(RunThreads) private readonly threads?: RunThreads,
  ) {}

  /** Spans that whoever drives a run asks for at a time. */
  get askedFor(): number {
    return this.threads?.askedFor ?? AT_A_TIME;
  }

  /** What is done already is skipped; the rest goes on where it stopped. */
  async work(run: Run, span: BucketSpan, signal?: AbortSignal): Promise<void> {
    const here = () => this.spans.work(run, span, signal);
    await (this.threads ? this.threads.work(run, span, here, signal) : here());
  }

  /** Whoever drives a whole run starts from the model and the settings of now. */
  beginAnew(): void {
    this.spans.beginAnew();
  }

  settleAlerts(tx: Tx, run: Run): Promise<void> {
    return this.spans.settleAlerts(tx, run);
  }
}
