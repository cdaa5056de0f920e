import { Injectable } from '@nestjs/common';
import type { OwnerAlias, SourceList, UpdateSource } from '@steward/shared/import-api';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf, toDay } from '../../domain/calendar/day.js';
import { silentSince } from '../../domain/signals/silence.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { SourcesRepository } from './sources.repository.js';

/** The feeds that bring facts, and whom their owner texts mean. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sources: SourcesRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<SourceList> {
    const { today, sources } = await this.unitOfWork.run(async (tx) => {
      const day = await this.workspaces.today(tx);
      return { today: day, sources: await this.sources.all(tx, isoOf(day)) };
    });
    return {
      sources: sources.map(({ lastReceivedAt, recentDeliveries, ...source }) => {
        const since = silentSince(recentDeliveries.map(toDay), today);
        return {
          ...source,
          silent: since !== null,
          silentSince: since === null ? null : isoOf(since),
          lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
        };
      }),
    };
  }

  async update({ key, covers }: UpdateSource, actor: Actor): Promise<SourceList> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.sources.setCovers(tx, key, covers);
      if (before === null) throw new NotFound('source');
      const changes = { covers: { from: before, to: covers } };
      await this.audit.record(tx, { actor, action: 'source.edited', subject: { kind: 'source', id: key }, changes });
    });
    return this.list();
  }

  async alias({ text, userId }: OwnerAlias, actor: Actor): Promise<{ accounts: number }> {
    const at = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.sources.userExists(tx, userId))) throw new NotFound('user');
      await this.sources.setAlias(tx, text, userId, actor.kind === 'user' ? actor.id : null, at);
      const accounts = await this.sources.giveAccounts(tx, text, userId, isoOf(await this.workspaces.today(tx)), at);
      const changes = { user: { from: null, to: userId }, accounts: { from: null, to: accounts } };
      await this.audit.record(tx, {
        actor,
        action: 'owner.matched',
        subject: { kind: 'owner text', id: text },
        changes,
      });
      return { accounts };
    });
  }
}
