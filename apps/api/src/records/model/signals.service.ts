import { Injectable } from '@nestjs/common';
import type { CreateSignal, SignalEntry, UpdateSignal } from '@steward/shared/model';
import type { SignalHistory } from '@steward/shared/signal-dry-run';
import { FIRST_OWN_SIGNAL_NUMBER, MAX_SIGNAL_NUMBER, type OwnSignal, ownSignalSchema } from '@steward/shared/signals';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { signalChanges } from '../../domain/model-diff/signal-changes.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Actor } from '../../platform/auth/principal.js';
import { Conflict, NotFound, Refused, RevisionMoved } from '../../platform/errors/app-error.js';
import { ModelChanges } from './model-changes.js';
import { SignalsReader } from './signals.reader.js';
import { SignalsRepository } from './signals.repository.js';

/** The signals of the workspace; a change of one makes every account due, as anything does that all accounts rest on. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SignalsRepository,
    private readonly reader: SignalsReader,
    private readonly catalogues: CatalogueReader,
    private readonly audit: AuditLog,
    private readonly changes: ModelChanges,
  ) {}

  async list(): Promise<{ signals: SignalEntry[] }> {
    return this.unitOfWork.run(async (tx) => ({ signals: await this.repository.list(tx) }));
  }

  create(actor: Actor, wanted: CreateSignal): Promise<SignalEntry> {
    return this.changing(async (tx) => {
      const highest = await this.repository.highestNumber(tx);
      const number = Math.max(FIRST_OWN_SIGNAL_NUMBER, highest + 1);
      if (number > MAX_SIGNAL_NUMBER) throw new Refused('TOO_MANY_SIGNALS', 'No further signal can be added.');
      const { catalogue } = await this.catalogues.model(tx);
      if (catalogue.fields.has(wanted.key) || (await this.repository.find(tx, wanted.key))) {
        throw new Conflict('SIGNAL_KEY_TAKEN', `There is already something with the key ${wanted.key}.`);
      }
      const signal: OwnSignal = { ...wanted, number };
      await this.reader.mustRead(tx, signal);
      await this.repository.add(tx, signal, this.changes.now());
      await this.audit.record(tx, {
        actor,
        action: 'signal.created',
        subject: { kind: 'signal', id: signal.key },
        changes: changesOfNew(signal),
      });
      return this.found(tx, signal.key);
    });
  }

  update(actor: Actor, key: string, { revision, retired, ...wanted }: UpdateSignal): Promise<SignalEntry> {
    return this.changing(async (tx) => {
      const { revision: _, retired: wasRetired, builtIn, ...before } = await this.found(tx, key);
      if (builtIn) throw new Refused('SIGNAL_BUILT_IN', 'Built-in signals cannot be changed; add one of your own.');
      const signal = ownSignalSchema.parse({ ...before, ...wanted });
      await this.reader.mustRead(tx, signal);
      const retires = retired ?? wasRetired;
      const uses = retires && !wasRetired ? await this.reader.uses(tx, key) : [];
      if (uses.length > 0) {
        const details = uses.map((used) => ({ path: 'retired', message: `is used by ${used}` }));
        throw new Conflict('SIGNAL_IN_USE', `The signal is used by ${uses.join(', ')}.`, details);
      }
      if (!(await this.repository.save(tx, signal, revision, retires, this.changes.now())))
        throw new RevisionMoved('signal');
      await this.audit.record(tx, {
        actor,
        action: 'signal.updated',
        subject: { kind: 'signal', id: key },
        changes: changesBetween({ ...before, retired: wasRetired }, { ...signal, retired: retires }),
      });
      return this.found(tx, key);
    });
  }

  uses(key: string): Promise<{ usedBy: string[] }> {
    return this.unitOfWork.run(async (tx) => {
      await this.found(tx, key);
      return { usedBy: await this.reader.uses(tx, key) };
    });
  }

  /** Who changed it, newest first, as the audit log has it. */
  history(key: string): Promise<SignalHistory> {
    return this.unitOfWork.run(async (tx) => {
      await this.found(tx, key);
      const entries = await this.repository.history(tx, key);
      return {
        entries: entries.map(({ at, by, action, changes }) => ({
          at: at.toISOString(),
          by,
          changes: action === 'signal.created' ? ['Made'] : signalChanges(changes),
        })),
      };
    });
  }

  private async changing(work: (tx: Tx) => Promise<SignalEntry>): Promise<SignalEntry> {
    const signal = await this.unitOfWork.run(async (tx) => {
      const changed = await work(tx);
      await this.changes.announce(tx);
      return changed;
    });
    this.changes.hint();
    return signal;
  }

  private async found(tx: Tx, key: string): Promise<SignalEntry> {
    const signal = await this.repository.find(tx, key);
    if (signal === null) throw new NotFound('signal');
    return signal;
  }
}
