import { Injectable } from '@nestjs/common';
import type { CreateQuietPeriod, QuietPeriod, UpdateQuietPeriod } from '@steward/shared/quiet-periods';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { NotFound, RevisionMoved } from '../../platform/errors/app-error.js';
import { QuietPeriodsRepository } from './quiet-periods.repository.js';

/**
 * Days on which the workspace expects its customers to be quiet. The pipeline notices by itself that today has become
 * quiet, or is no longer; closed days stand until a backfill may overwrite them.
 */
@Injectable()
export class QuietPeriodsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: QuietPeriodsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  list(): Promise<QuietPeriod[]> {
    return this.unitOfWork.run((tx) => this.repository.all(tx));
  }

  create(actor: Actor, given: CreateQuietPeriod): Promise<QuietPeriod> {
    return this.unitOfWork.run(async (tx) => {
      const id = uuidv7();
      await this.repository.add(tx, id, given, this.clock.now());
      await this.record(tx, actor, 'quiet-period.created', id, changesOfNew(given));
      return { id, ...given, revision: 1 };
    });
  }

  update(actor: Actor, id: string, change: UpdateQuietPeriod): Promise<QuietPeriod> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.mustExist(tx, id);
      if (!(await this.repository.update(tx, id, change))) throw new RevisionMoved('quiet period');
      const { revision, ...fields } = change;
      await this.record(tx, actor, 'quiet-period.updated', id, changesBetween(before, fields));
      return { id, ...fields, revision: revision + 1 };
    });
  }

  remove(actor: Actor, id: string): Promise<QuietPeriod> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.mustExist(tx, id);
      await this.repository.remove(tx, id);
      const { name, fromDay, toDay } = before;
      await this.record(
        tx,
        actor,
        'quiet-period.removed',
        id,
        changesBetween({ name, fromDay, toDay }, { name: null, fromDay: null, toDay: null }),
      );
      return before;
    });
  }

  private async mustExist(tx: Tx, id: string): Promise<QuietPeriod> {
    const period = await this.repository.byId(tx, id);
    if (!period) throw new NotFound('quiet period');
    return period;
  }

  private record(tx: Tx, actor: Actor, action: string, id: string, changes: Changes): Promise<void> {
    return this.audit.record(tx, { actor, action, subject: { kind: 'quiet-period', id }, changes });
  }
}
