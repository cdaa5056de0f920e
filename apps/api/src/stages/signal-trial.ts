import { Injectable } from '@nestjs/common';
import type { SignalDefinition } from '@steward/shared/signals';
import type { Tx } from '../db/unit-of-work.js';
import type { Computed } from '../domain/model-dry-run/signal-values.js';
import { computeSignals } from '../domain/signals/compute.js';
import { type DayRun, DayRuns, type RunBase } from './day-run.js';
import { FactsLoader } from './signals/facts/facts.loader.js';

/** As many accounts are loaded at a time as the pipeline loads. */
const AT_A_TIME = 500;

/** A signal that is not, or not yet, one of the workspace. */
export type TriedSignal = Omit<SignalDefinition, 'number'>;

/** What signals say today that the workspace need not have, computed by the pipeline's own code. Nothing is kept of it. */
@Injectable()
export class SignalTrial {
  constructor(
    private readonly days: DayRuns,
    private readonly facts: FactsLoader,
  ) {}

  base(tx: Tx): Promise<RunBase> {
    return this.days.base(tx);
  }

  /** The signals of the workspace whose inputs were all delivered once. */
  connected(base: RunBase): ReadonlySet<string> {
    return this.days.day(base, base.workspace.today, { table: 'account_state', isComplete: false }).connected;
  }

  /** By account, the values in the order of the definitions. Only what these read is loaded. */
  async values(
    tx: Tx,
    base: RunBase,
    definitions: readonly TriedSignal[],
    accountIds: readonly string[],
  ): Promise<Map<string, Computed[]>> {
    const day = this.dayWith(base, definitions);
    const found = new Map<string, Computed[]>();
    for (let at = 0; at < accountIds.length; at += AT_A_TIME) {
      const ids = accountIds.slice(at, at + AT_A_TIME);
      for (const { id, facts } of await this.facts.load(tx, { kind: 'list', ids }, day.wanted)) {
        const { values, nullReasons } = computeSignals(facts, day.compiled);
        found.set(
          id,
          definitions.map((_, place) => ({ value: values[place] ?? null, reason: nullReasons[place] ?? 0 })),
        );
      }
    }
    return found;
  }

  private dayWith(base: RunBase, definitions: readonly TriedSignal[]): DayRun {
    const signals = definitions.map((definition, place) => ({
      ...definition,
      // Two versions of a signal have one key, but stand in places of their own.
      key: `tried.${'abcdefgh'[place] ?? 'x'}`,
      number: place + 1,
    }));
    const model = { ...base.model, signals };
    return this.days.day({ ...base, model }, base.workspace.today, { table: 'account_state', isComplete: false });
  }
}
