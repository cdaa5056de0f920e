import { Injectable } from '@nestjs/common';
import type { LoadSample, SampleStep } from '@steward/shared/sample';
import { UnitOfWork } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { factsByDay, sampleCompany } from '../domain/sample/company.js';
import { BACKGROUND_EVENT } from '../domain/sample/usage.js';
import { FactStore } from '../intake/facts/fact-store.js';
import { Runs } from '../pipeline/run/runs.service.js';
import { systemActor } from '../platform/auth/principal.js';
import { Clock } from '../platform/clock.js';
import { WorkspaceReader } from '../records/workspace/workspace.reader.js';
import { SampleRepository } from './sample.repository.js';
import { deliveries } from './sample-delivery.js';

/** How far a load has come: its step, and the part of it that is done, in [0, 1]. */
export type SampleProgress = (step: SampleStep, done: number) => void;

export const SAMPLE_AUTHOR = systemActor('sample company');
const FACTS_AT_ONCE = 5_000;
const LOOK_AT_HISTORY_MS = 1_000;

/** The sample's facts through the same store as anybody's, then the history that follows from them. */
@Injectable()
export class SampleFacts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SampleRepository,
    private readonly store: FactStore,
    private readonly runs: Runs,
    private readonly workspace: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  /** Asked to stop, it breaks off at the next safe point; delivered again, nothing counts twice. */
  async deliver(options: LoadSample, progress: SampleProgress, signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const today = await this.workspace.today();
    const company = sampleCompany({ ...options, to: today });
    await this.unitOfWork.run((tx) => this.repository.markBackgroundEvent(tx, BACKGROUND_EVENT, now));
    for (const { day, facts, toldOn } of deliveries(factsByDay(company), { today, most: FACTS_AT_ONCE })) {
      const known = (told: Day) => new Date(Math.min(endOf(told), now.getTime()));
      for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
        await this.store.store(facts.slice(from, from + FACTS_AT_ONCE), {
          sourceKey: 'sample',
          receivedAt: known(day),
          observedAtOf: (index) => known(toldOn[from + index] ?? day),
          asOfDay: isoOf(day),
          actor: SAMPLE_AUTHOR,
        });
        signal?.throwIfAborted();
      }
      progress('facts', (day - company.from + 1) / (company.to - company.from + 1));
    }
    await this.tellHistory(company.from, today, progress, signal);
  }

  private async tellHistory(from: Day, to: Day, progress: SampleProgress, signal?: AbortSignal): Promise<void> {
    const run = await this.runs.start('backfill', { from, to, overwrite: true });
    let over = false;
    const tell = (share: number) => over || progress('history', share);
    const look = () => void this.runs.walkedShare(run).then(tell, () => undefined);
    const timer = setInterval(look, LOOK_AT_HISTORY_MS);
    try {
      await this.runs.driveBackfill(run, { signal });
    } finally {
      over = true;
      clearInterval(timer);
    }
    signal?.throwIfAborted();
    progress('history', 1);
  }
}

/** The last moment of a day, at which its facts are known. */
function endOf(day: Day): number {
  return (day + 1) * 86_400_000 - 1;
}
