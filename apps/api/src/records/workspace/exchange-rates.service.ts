import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { ExchangeRate, ExchangeRateList } from '@steward/shared/exchange-rates';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { Queues } from '../../pipeline/base/queue.module.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound, Refused } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import { ExchangeRatesRepository } from './exchange-rates.repository.js';
import { WorkspaceReader } from './workspace.reader.js';

/**
 * What other currencies are worth in the workspace's. The pipeline notices by itself that rates have changed and computes
 * today anew; closed days stand until a backfill may overwrite them.
 */
@Injectable()
export class ExchangeRatesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ExchangeRatesRepository,
    private readonly workspaces: WorkspaceReader,
    private readonly audit: AuditLog,
    private readonly queues: Queues,
  ) {}

  list(scope: Scope): Promise<ExchangeRateList> {
    return this.unitOfWork.run(async (tx) => {
      const { currency } = await this.workspaces.workspace(tx);
      return { rates: await this.repository.all(tx), missing: await this.repository.missing(tx, scope, currency) };
    });
  }

  /** The rate of a currency from a day on; a rate of the same day is replaced. */
  async set(actor: Actor, given: ExchangeRate): Promise<ExchangeRate> {
    await this.unitOfWork.run(async (tx) => {
      const { currency } = await this.workspaces.workspace(tx);
      if (given.currency === currency) {
        throw new Refused('OWN_CURRENCY', `${currency} is the workspace’s own currency: it needs no rate.`);
      }
      const before = await this.repository.find(tx, given.currency, given.fromDay);
      await this.repository.set(tx, given);
      if (before === null) await this.record(tx, actor, 'created', given, changesOfNew(given));
      else if (before.rate !== given.rate) {
        await this.record(tx, actor, 'updated', given, changesBetween(before, given));
      }
    });
    this.hint();
    return given;
  }

  async remove(actor: Actor, currency: string, fromDay: IsoDay): Promise<ExchangeRate> {
    const removed = await this.unitOfWork.run(async (tx) => {
      const before = await this.repository.find(tx, currency, fromDay);
      if (!before) throw new NotFound('exchange rate');
      await this.repository.remove(tx, currency, fromDay);
      const gone = { currency: null, fromDay: null, rate: null };
      await this.record(tx, actor, 'removed', before, changesBetween(before, gone));
      return before;
    });
    this.hint();
    return removed;
  }

  /** That all accounts are due is seen by the next refresh itself; the job only makes it sooner. */
  private hint(): void {
    this.queues
      .enqueue('refresh-live', {}, { once: 'due' })
      .catch((error: unknown) => log.warn({ err: error }, 'hint to refresh after a change of exchange rates'));
  }

  private record(tx: Tx, actor: Actor, what: string, { currency, fromDay }: ExchangeRate, changes: Changes) {
    const subject = { kind: 'exchange-rate', id: `${currency} ${fromDay}` };
    return this.audit.record(tx, { actor, action: `exchange-rate.${what}`, subject, changes });
  }
}
