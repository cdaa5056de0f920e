import { Injectable } from '@nestjs/common';
import type { SignalStandings } from '@steward/shared/signal-dry-run';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { SignalsReader } from '../../records/model/signals.reader.js';
import { SignalTrial } from '../../stages/signal-trial.js';

/** How each signal stands: what reads it, and whether there is anything to compute it from. */
@Injectable()
export class SignalStandingsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signals: SignalsReader,
    private readonly trial: SignalTrial,
  ) {}

  all(): Promise<SignalStandings> {
    return this.unitOfWork.run(async (tx) => {
      const connected = this.trial.connected(await this.trial.base(tx));
      const uses = await this.signals.usesOfAll(tx);
      return { standings: uses.map(({ key, usedBy }) => ({ key, usedBy, connected: connected.has(key) })) };
    });
  }
}
