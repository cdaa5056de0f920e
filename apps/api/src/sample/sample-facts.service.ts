import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { factsByDay, sampleCompany } from '../domain/sample/company.js';
import { BACKGROUND_EVENT } from '../domain/sample/usage.js';
import { FactStore } from '../intake/facts/fact-store.js';
import { Runs } from '../pipeline/run/runs.service.js';
import { systemActor } from '../platform/auth/principal.js';
import { Clock } from '../platform/clock.js';
import { WorkspaceReader } from '../records/workspace/workspace.reader.js';
import { BUCKETS } from '../stages/batch.js';
import { SampleRepository } from './sample.repository.js';
import { deliveries } from './sample-delivery.js';

export interface SampleOptions {
  accounts: number;
  months: number;
  seed: number;
}

export type SampleProgress = (what: 'facts' | 'history', done: number, total: number) => void;

export const SAMPLE_AUTHOR = systemActor('sample company');
const FACTS_AT_ONCE = 5_000;

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

  async deliver(options: SampleOptions, progress: SampleProgress): Promise<void> {
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
      }
      progress('facts', day - company.from + 1, company.to - company.from + 1);
    }
    const run = await this.runs.start('backfill', { from: company.from, to: today, overwrite: true });
    await this.runs.driveBackfill(run, { onProgress: ({ bucketsDone }) => progress('history', bucketsDone, BUCKETS) });
  }
}

/** The last moment of a day, at which its facts are known. */
function endOf(day: Day): number {
  return (day + 1) * 86_400_000 - 1;
}
