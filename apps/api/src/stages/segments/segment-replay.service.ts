import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { closedDay, runningDay } from './day-of-segments.js';
import { SegmentEvaluation } from './segment-evaluation.service.js';
import { SegmentEvaluationsRepository } from './segment-evaluations.repository.js';
import { partsOf } from './segment-parts.js';
import { SegmentReplayRepository } from './segment-replay.repository.js';

interface Days {
  from: Day;
  to: Day;
}

/**
 * Memberships of days past, from their snapshots, day after day, under the rules of now. The first day is a baseline;
 * who was a member before stays one since then. They lead on to those of today.
 */
@Injectable()
export class SegmentReplay {
  constructor(
    private readonly segments: SegmentsReader,
    private readonly repository: SegmentReplayRepository,
    private readonly evaluations: SegmentEvaluationsRepository,
    private readonly evaluation: SegmentEvaluation,
  ) {}

  async refuseWhereLived(tx: Tx, { from, to }: Days, timeZone: string): Promise<void> {
    const accounts = await this.repository.keptOut(tx, { from: isoOf(from), to: isoOf(to), timeZone });
    if (accounts === 0) return;
    const many = accounts === 1 ? 'an account was' : `${accounts} accounts were`;
    const message = `Since ${isoOf(from)} ${many} kept out of a segment by hand: days that were lived through are not made anew.`;
    throw new Conflict('PEOPLE_HAVE_ACTED', message);
  }

  /** The first of the days of which anything is known: all is taken as it is found on it. Null: nothing is. */
  async firstKnown(tx: Tx, { from, to }: Days): Promise<Day | null> {
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (await this.repository.hasSnapshots(tx, isoOf(day))) return day;
    }
    return null;
  }

  /** Before the first day. Answers the accounts that are walked through the days. */
  async begin(tx: Tx, batch: Batch, { from, to }: Days, model: DayRun['model']): Promise<ReadonlySet<string>> {
    const accounts = await this.repository.walked(tx, batch, isoOf(from), isoOf(to));
    const segments = await this.segments.rules(tx);
    const ids = partsOf(segments, model).flatMap((part) => part.segments.map(({ id }) => id));
    if (ids.length > 0 && accounts.length > 0) await this.repository.takeBack(tx, accounts, ids, isoOf(from));
    return new Set(accounts);
  }

  /** One closed day of the accounts that have a snapshot of it; the days before have been gone through. */
  async replay(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    how: { accounts: ReadonlySet<string>; isFirst: boolean },
  ): Promise<void> {
    const segments = await this.segments.rules(tx);
    if (segments.length === 0) return;
    const isBaseline = () => how.isFirst;
    await this.evaluation.evaluate(tx, batch, closedDay(day), partsOf(segments, day.model), {
      accounts: how.accounts,
      isBaseline,
    });
  }

  /** After the last closed day: the open one, from the state as it stands. */
  async end(tx: Tx, batch: Batch, day: DayRun, accounts: ReadonlySet<string>): Promise<void> {
    const segments = await this.segments.rules(tx);
    if (segments.length === 0 || accounts.size === 0) return;
    await this.evaluation.evaluate(tx, batch, runningDay(day), partsOf(segments, day.model), {
      accounts,
      isBaseline: () => false,
    });
    await this.evaluations.note(tx, [...accounts], Math.max(...segments.map(({ version }) => version)));
  }
}
