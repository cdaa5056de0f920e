import { Injectable } from '@nestjs/common';
import type { AccountDetail, FactList, FactPage, Move } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import type { AccountSegments } from '@steward/shared/segments';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { toDay, toDayOrNull } from '../../domain/calendar/day.js';
import { paceOf } from '../../domain/lifecycle/stage.js';
import { isSilent } from '../../domain/signals/silence.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { type AsOf, asOfDay, WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { AccountFactsRepository } from './account-facts.repository.js';
import { AccountPageRepository } from './account-page.repository.js';

export interface FactPageQuery {
  asOf?: IsoDay | undefined;
  offset: number;
  limit: number;
}

/** One account on its page. Every read begins with whether the reader may know of the account at all. */
@Injectable()
export class AccountPageService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly repository: AccountPageRepository,
    private readonly facts: AccountFactsRepository,
  ) {}

  async detail(scope: Scope, accountId: string, asOf: IsoDay | undefined): Promise<AccountDetail> {
    return this.unitOfWork.run(async (tx) => {
      const on = await this.asOf(tx, asOf);
      const { catalogue, stages } = await this.catalogues.model(tx);
      const row = await this.repository.detail(tx, scope, accountId, catalogue, on);
      if (row === null) throw new NotFound('account');
      const today = toDay(on.day);
      const sources = await this.repository.sources(tx, on.day);
      return {
        ...row,
        asOf: on.day,
        computedAt: row.computedAt?.toISOString() ?? null,
        stageStatus: paceOf(stages.find(({ key }) => key === row.stage) ?? null, toDayOrNull(row.stageSince), today),
        children: await this.repository.children(tx, scope, accountId, on),
        sources: sources.map(({ deliveryDays, lastReceivedAt, ...source }) => ({
          ...source,
          lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
          silent: isSilent(deliveryDays.map(toDay), today),
        })),
      };
    });
  }

  async moves(scope: Scope, accountId: string): Promise<Move[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      return this.repository.moves(tx, accountId);
    });
  }

  segments(principal: Principal, accountId: string, asOf: IsoDay | undefined): Promise<AccountSegments> {
    const userId = principal.kind === 'user' ? principal.user.id : null;
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, principal.scope, accountId);
      const { day } = await this.asOf(tx, asOf);
      return { segments: await this.repository.segments(tx, accountId, userId, day) };
    });
  }

  async factPage(scope: Scope, accountId: string, list: FactList, query: FactPageQuery): Promise<FactPage> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const { day } = await this.asOf(tx, query.asOf);
      const { timeZone } = await this.workspaces.workspace(tx);
      return this.facts.page(tx, { accountId, list, day, timeZone, offset: query.offset, limit: query.limit });
    });
  }

  private async mustSee(tx: Tx, scope: Scope, accountId: string): Promise<void> {
    if (!(await this.repository.isVisible(tx, scope, accountId))) throw new NotFound('account');
  }

  private async asOf(tx: Tx, asOf: IsoDay | undefined): Promise<AsOf> {
    return asOfDay(asOf, await this.workspaces.today(tx));
  }
}
