import { Injectable } from '@nestjs/common';
import { SIGNAL_DRY_RUN_ACCOUNTS, type SignalDryRun, type SignalDryRunRequest } from '@steward/shared/signal-dry-run';
import { FIRST_OWN_SIGNAL_NUMBER, type SignalDefinition } from '@steward/shared/signals';
import { allowEach } from '../../db/statement-time.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import {
  cautionsOf,
  changedOf,
  distributionOf,
  examplesOf,
  histogramOf,
  type Tried,
} from '../../domain/model-dry-run/signal-values.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Conflict, NotFound, Refused } from '../../platform/errors/app-error.js';
import { SignalsReader } from '../../records/model/signals.reader.js';
import type { RunBase } from '../../stages/day-run.js';
import { SignalTrial, type TriedSignal } from '../../stages/signal-trial.js';
import { type Sampled, SignalDryRunRepository } from './signal-dry-run.repository.js';

const LONGEST_S = 20;

/** What a signal would say today, computed by the pipeline's own code. Nothing is kept of it. */
@Injectable()
export class SignalDryRunService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SignalDryRunRepository,
    private readonly signals: SignalsReader,
    private readonly trial: SignalTrial,
  ) {}

  run(scope: Scope, { definition, replaces }: SignalDryRunRequest): Promise<SignalDryRun> {
    const began = performance.now();
    return this.unitOfWork.run(async (tx) => {
      await this.signals.mustRead(tx, definition);
      const base = await this.trial.base(tx);
      const present = replaces === null ? null : presentOf(base, replaces);
      if (replaces === null && base.model.catalogue.fields.has(definition.key)) {
        throw new Conflict('SIGNAL_KEY_TAKEN', `There is already something with the key ${definition.key}.`);
      }
      await allowEach(tx, { seconds: LONGEST_S });
      const { accounts, sample } = await this.repository.sample(tx, scope, SIGNAL_DRY_RUN_ACCOUNTS);
      const tried = await this.try(tx, base, [definition, present], sample);
      const usedBy = replaces === null ? [] : await this.signals.uses(tx, replaces);
      const after = distributionOf(tried.map((each) => each.after));
      const names = new Map(sample.map(({ id, name }) => [id, name]));
      return {
        asOf: isoOf(base.workspace.today),
        unit: definition.unit,
        accounts,
        computed: tried.length,
        isSample: accounts > tried.length,
        after,
        before: present && distributionOf(tried.flatMap((each) => each.before ?? [])),
        histogram: histogramOf(tried),
        changed: present && (changedOf(tried) ?? 0),
        examples: examplesOf(tried).map((example) => ({ ...example, name: names.get(example.id) ?? '' })),
        usedBy,
        cautions: cautionsOf(after, { accounts, computed: tried.length, usedBy }),
        tookMs: Math.round(performance.now() - began),
      };
    });
  }

  private async try(
    tx: Tx,
    base: RunBase,
    [edited, present]: readonly [TriedSignal, TriedSignal | null],
    sample: readonly Sampled[],
  ): Promise<Tried[]> {
    const definitions = present === null ? [edited] : [edited, present];
    const ids = sample.map(({ id }) => id);
    const values = await this.trial.values(tx, base, definitions, ids);
    return sample.flatMap(({ id, arrMinor }): Tried[] => {
      const [after, before] = values.get(id) ?? [];
      return after ? [{ id, arrMinor, after, before: before ?? null }] : [];
    });
  }
}

function presentOf(base: RunBase, key: string): SignalDefinition {
  const present = base.model.signals.find((signal) => signal.key === key);
  if (!present) throw new NotFound('signal that is computed');
  if (present.number < FIRST_OWN_SIGNAL_NUMBER)
    throw new Refused('SIGNAL_BUILT_IN', 'Built-in signals cannot be changed.');
  return present;
}
