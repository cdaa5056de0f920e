import { Injectable } from '@nestjs/common';
import type { DealStageList, UpdateDealStages } from '@steward/shared/deals';
import type { ChurnReasonList, UpdateChurnReasons } from '@steward/shared/leaving';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { RevisionMoved } from '../../platform/errors/app-error.js';
import { type SalesList, SalesLists } from './sales-lists.reader.js';
import { SalesListsRepository } from './sales-lists.repository.js';

/** Stages of deals and reasons of churn, each list changed as a whole. */
@Injectable()
export class SalesListsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: SalesLists,
    private readonly repository: SalesListsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  dealStages(): Promise<DealStageList> {
    return this.unitOfWork.run((tx) => this.lists.dealStages(tx));
  }

  churnReasons(): Promise<ChurnReasonList> {
    return this.unitOfWork.run((tx) => this.lists.churnReasons(tx));
  }

  async setDealStages(actor: Actor, { stages, revision }: UpdateDealStages): Promise<DealStageList> {
    const { stages: from } = await this.dealStages();
    await this.save(actor, 'dealStages', { from, to: stages }, revision);
    return this.dealStages();
  }

  async setChurnReasons(actor: Actor, { reasons, revision }: UpdateChurnReasons): Promise<ChurnReasonList> {
    const { reasons: from } = await this.churnReasons();
    await this.save(actor, 'churnReasons', { from, to: reasons }, revision);
    return this.churnReasons();
  }

  private save(
    actor: Actor,
    key: SalesList,
    change: { from: readonly unknown[]; to: readonly unknown[] },
    revision: number,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.save(tx, key, change.to, revision, this.clock.now())))
        throw new RevisionMoved('list');
      const what = key === 'dealStages' ? 'deal_stages' : 'churn_reasons';
      const changes = { entries: change };
      await this.audit.record(tx, { actor, action: `${what}.changed`, subject: { kind: what, id: key }, changes });
    });
  }
}
