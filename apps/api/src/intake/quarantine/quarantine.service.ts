import { Injectable } from '@nestjs/common';
import type { DiscardQuarantined, QuarantineList, QuarantineQuery } from '@steward/shared/intake';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { FactStore } from '../facts/fact-store.js';
import { discard, quarantineGroups } from '../facts/quarantine.repository.js';

@Injectable()
export class QuarantineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: FactStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(page: QuarantineQuery): Promise<QuarantineList> {
    const groups = await this.unitOfWork.run((tx) => quarantineGroups(tx, page));
    return {
      groups: groups.map(({ oldest, newest, factKind, ...group }) => ({
        ...group,
        factKind: factKind as QuarantineList['groups'][number]['factKind'],
        oldest: oldest.toISOString(),
        newest: newest.toISOString(),
      })),
    };
  }

  async retry(): Promise<{ retried: number }> {
    return { retried: await this.store.sweepQuarantine(this.clock.now(), true) };
  }

  discard({ accountExternalId, factKind }: DiscardQuarantined, actor: Actor): Promise<{ discarded: number }> {
    return this.unitOfWork.run(async (tx) => {
      const discarded = await discard(tx, accountExternalId, factKind);
      await this.audit.record(tx, {
        actor,
        action: 'quarantine.discarded',
        subject: { kind: 'quarantine', id: accountExternalId },
        changes: { facts: { from: discarded, to: 0 } },
      });
      return { discarded };
    });
  }
}
