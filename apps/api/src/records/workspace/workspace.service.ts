import { Injectable } from '@nestjs/common';
import { DEFAULT_WORKSPACE_SETTINGS, type UpdateWorkspace, type Workspace } from '@steward/shared/workspace';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Conflict, RevisionMoved } from '../../platform/errors/app-error.js';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import { type WorkspaceNow, WorkspaceReader } from './workspace.reader.js';
import { WorkspaceRepository } from './workspace.repository.js';

function shown({ today, sampleLoadedAt: _, ...workspace }: WorkspaceNow): Workspace {
  return { ...workspace, today: isoOf(today) };
}

@Injectable()
export class WorkspaceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: WorkspaceRepository,
    private readonly rates: ExchangeRatesRepository,
    private readonly reader: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Makes the one workspace at the first start; does nothing afterwards, or when another process was first. */
  async ensureWorkspace(
    given: { name?: string; timeZone?: string; currency?: string } = {},
  ): Promise<{ made: boolean }> {
    const made = await this.unitOfWork.run((tx) =>
      this.repository.make(tx, {
        name: given.name ?? 'Steward',
        timeZone: given.timeZone ?? 'Etc/UTC',
        currency: given.currency ?? 'USD',
        settings: DEFAULT_WORKSPACE_SETTINGS,
        at: this.clock.now(),
      }),
    );
    return { made };
  }

  async get(): Promise<Workspace> {
    return shown(await this.reader.workspace());
  }

  /** What accounts are computed with may change here: the pipeline notices by itself and computes them anew. */
  async update(actor: Actor, change: UpdateWorkspace): Promise<Workspace> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.reader.workspace(tx);
      const { revision: _, ...fields } = change;
      const changes = changesBetween(before, fields);
      if (changes.currency && (await this.rates.some(tx))) {
        throw new Conflict(
          'RATES_IN_OLD_CURRENCY',
          `The exchange rates are in ${before.currency} and would be wrong in another currency. Remove them first.`,
        );
      }
      if (!(await this.repository.update(tx, change))) throw new RevisionMoved('workspace');
      await this.audit.record(tx, {
        actor,
        action: 'workspace.updated',
        subject: { kind: 'workspace', id: '1' },
        changes,
      });
      return shown(await this.reader.workspace(tx));
    });
  }

  async markSampleLoaded(tx: Tx): Promise<void> {
    await this.repository.markSampleLoaded(tx, this.clock.now());
  }
}
