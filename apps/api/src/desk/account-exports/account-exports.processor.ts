import { Injectable } from '@nestjs/common';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import type { RunningJob } from '../../pipeline/base/job-handlers.js';
import { AccountExports } from './account-exports.service.js';

@Injectable()
export class AccountExportsProcessor {
  constructor(private readonly exports: AccountExports) {}

  @Handles('run-account-export')
  async run({ exportId }: { exportId: string }, { signal }: RunningJob): Promise<void> {
    await this.exports.make(exportId, signal);
  }

  @Handles('sweep-account-exports')
  async sweep(): Promise<void> {
    await this.exports.sweep();
  }
}
