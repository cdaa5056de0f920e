import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../../pipeline/base/job-handlers.js';
import { systemActor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { ImportDesk } from './import-desk.js';
import { ImportExpiry } from './import-expiry.js';
import { ImportRunner } from './import-runner.js';
import { ImportsRepository } from './imports.repository.js';

const IMPORTER = systemActor('import');

@Injectable()
export class ImportsProcessor {
  constructor(
    private readonly runner: ImportRunner,
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly desk: ImportDesk,
    private readonly expiry: ImportExpiry,
    private readonly clock: Clock,
  ) {}

  @Handles('run-import')
  async run({ importId }: { importId: string }, { signal }: RunningJob): Promise<void> {
    await this.runner.run(importId, IMPORTER, { signal });
  }

  @Handles('check-import')
  async check({ importId }: { importId: string }, { signal }: RunningJob): Promise<void> {
    await this.runner.check(importId, IMPORTER, { signal });
  }

  @Handles('expire-imports')
  expire(): Promise<void> {
    return this.expiry.run();
  }

  /** Gives work out again that was ordered and that nobody is doing. */
  @Handles('sweep-imports')
  async sweep(): Promise<void> {
    const due = await this.unitOfWork.run((tx) => this.imports.due(tx, this.clock.now()));
    for (const { id, state } of due) await this.desk.hint(state === 'checking' ? 'check-import' : 'run-import', id);
  }
}
