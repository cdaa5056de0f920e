import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { PulseHistory, PulseReasonList, SetPulseReasons } from '@steward/shared/pulse';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesBetween } from '../../platform/audit/changes.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { asOfDay, WorkspaceReader } from '../workspace/workspace.reader.js';
import { PulseRepository } from './pulse.repository.js';
import { PulseReasonsReader, reasonsInWords } from './pulse-reasons.reader.js';

/** What people said of an account over time, and the reasons that they choose from. */
@Injectable()
export class PulseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PulseRepository,
    private readonly reasons: PulseReasonsReader,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  reasonList(): Promise<PulseReasonList> {
    return this.unitOfWork.run((tx) => this.reasons.list(tx));
  }

  setReasons(principal: Principal, given: SetPulseReasons): Promise<PulseReasonList> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.reasons.list(tx);
      if (!(await this.repository.saveReasons(tx, given, this.clock.now()))) throw new RevisionMoved('list of reasons');
      await this.audit.record(tx, {
        actor: actorOf(principal),
        action: 'pulse-reasons.updated',
        subject: { kind: 'pulse-reasons', id: '1' },
        changes: changesBetween({ reasons: before.reasons }, { reasons: given.reasons }),
      });
      return this.reasons.list(tx);
    });
  }

  history(principal: Principal, accountId: string, asOf: IsoDay | undefined): Promise<PulseHistory> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.isVisible(tx, principal.scope, accountId))) throw new NotFound('account');
      const { settings, today } = await this.workspaces.workspace(tx);
      const { day } = asOfDay(asOf, today);
      const { reasons } = await this.reasons.list(tx);
      const stored = await this.repository.through(tx, accountId, day);
      const pulses = stored.map((pulse) => ({ ...pulse, reasons: reasonsInWords(pulse.reasons, reasons) }));
      const [newest] = pulses;
      // The day itself is the first of those on which it counts.
      const expiresOn = newest === undefined ? null : isoOf(addDays(toDay(newest.day), settings.pulseDays - 1));
      return {
        current: newest !== undefined && expiresOn !== null && expiresOn >= day ? newest : null,
        expiresOn,
        pulses,
      };
    });
  }
}
