import type { AccountStatus } from '@steward/shared/common';
import type { Opening } from '../domain/memory/memory.js';
import type { DayRun } from './day-run.js';
import type { HealthColumns } from './state/health-columns.js';
import type { StateRow } from './state/state-row.js';

/** One account on its way through the stages of a day. Each stage reads what earlier ones set, and adds its own. */
export interface AccountRun {
  readonly id: string;
  /** As stored before this run; null for an account that was never computed. */
  readonly row: StateRow | null;
  /** The close of the day before; its signals are there once the health stage has asked for them. */
  opening: Opening;
  readonly status: AccountStatus;
  /** Nothing about the account has arrived since a run before loaded its facts, and computed it. */
  readonly factsKept: boolean;
  /** Of the day, as stored: index n − 1 is the signal of number n. */
  values: (number | null)[];
  tier: string | null;
  /** What the row says of the day's health: found by an earlier run of the day, or foretold in this one. */
  health: HealthColumns;
  /** Its health was written with its signals, as it is if the day before decides by what it is scored. */
  isHealthForetold: boolean;
  /** Something of the row was written in this run. */
  written: boolean;
}

/** What an account's health will be, if the day before decides by what it is scored. */
export type ForetellsHealth = (run: Pick<AccountRun, 'opening' | 'status' | 'values'>, day: DayRun) => HealthColumns;

/** Whether a run may write the moves of an account: one through past days leaves days alone that stand. */
export type KeepsMoves = (accountId: string) => boolean;
