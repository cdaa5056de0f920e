import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { type TriageAction, type TriageFields, triage } from '../../domain/alerts/triage.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import type { AlertAnswer, SeenAlert } from '../../domain/sample/alert-habits.js';
import { Conflict } from '../../platform/errors/app-error.js';
import { AlertRulesReader } from '../../records/alert-rules/alert-rules.reader.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { AlertAnswersRepository, type AnswerEvent, type LivedAlert } from './alert-answers.repository.js';
import { AlertEvaluation } from './alert-evaluation.service.js';
import { AlertReplayRepository } from './alert-replay.repository.js';

const MS_PER_DAY = 86_400_000;

/** How the people of a company that is made up answer an alert; null: never. */
export type AnswerOf = (alert: SeenAlert, timeZone: string) => AlertAnswer | null;

/** Alerts of days past, from their snapshots, day after day: what rules of today would have raised, told to nobody. */
@Injectable()
export class AlertReplay {
  constructor(
    private readonly repository: AlertReplayRepository,
    private readonly rules: AlertRulesReader,
    private readonly evaluation: AlertEvaluation,
    private readonly answers: AlertAnswersRepository,
  ) {}

  /** Days that people have lived through are not told anew. */
  async refuseWhereLived(tx: Tx, from: Day): Promise<void> {
    const { lived, reaching } = await this.repository.inTheWay(tx, isoOf(from));
    if (lived > 0) {
      const many = lived === 1 ? 'one alert was' : `${lived} alerts were`;
      const message = `Since ${isoOf(from)} ${many} raised for people or handled by them: days that were lived through are not made anew.`;
      throw new Conflict('PEOPLE_HAVE_ACTED', message);
    }
    if (reaching !== null) {
      const message = `An alert that began on ${reaching} reaches into these days: begin on ${reaching} or before.`;
      throw new Conflict('ALERTS_REACH_IN', message);
    }
  }

  /** Whoever acts on these alerts meanwhile waits until the batch is done. */
  lock(tx: Tx, batch: Batch, from: Day): Promise<void> {
    return this.repository.lock(tx, batch, isoOf(from));
  }

  clear(tx: Tx, batch: Batch, from: Day): Promise<void> {
    return this.repository.clear(tx, batch, isoOf(from));
  }

  /** What the people of a company that is made up do with its alerts until the end of a day, after the day itself; never later than now. */
  async answer(tx: Tx, batch: Batch, day: DayRun, answerOf: AnswerOf): Promise<void> {
    await this.answers.live(tx, batch, day.iso);
    // East of Greenwich the day has ended before.
    const until = Math.min(addDays(day.asOf, 1) * MS_PER_DAY, day.at.getTime());
    const answered: LivedAlert[] = [];
    const events: AnswerEvent[] = [];
    for (const alert of await this.answers.waiting(tx, batch)) {
      const { severity, owner, openedAt } = alert;
      const seen = { id: alert.id, severity, openedAtMs: openedAt.getTime(), ownerEmail: owner.email };
      let fields = alert.fields;
      for (const { action, atMs } of stepsOf(answerOf(seen, day.wanted.timeZone), fields)) {
        if (atMs > until) break;
        const at = new Date(atMs);
        const done = triage(fields, action, { userId: owner.id, day: day.asOf, at });
        if (done.kind === 'refused' || done.event === null) continue;
        fields = { ...fields, ...done.change };
        events.push({ accountId: alert.accountId, alertId: alert.id, at, byUserId: owner.id, ...done.event });
      }
      if (fields !== alert.fields) answered.push({ ...alert, fields });
    }
    await this.answers.answer(tx, answered);
    await this.answers.addEvents(tx, events, day.iso);
  }

  /** One closed day of the accounts that have a snapshot of it; the days before have been gone through. */
  async replay(tx: Tx, batch: Batch, day: DayRun, accounts: readonly string[]): Promise<void> {
    const rows = {
      table: 'account_snapshot',
      day: day.iso,
      context: { kind: 'past', day: day.iso, stage: 'alerts' },
      catalogue: day.model.catalogue,
    } as const;
    const closed = { ...day, at: new Date(addDays(day.asOf, 1) * MS_PER_DAY) };
    await this.evaluation.evaluate(tx, batch, closed, rows, await this.rules.rules(tx), {
      accounts,
      isReplay: true,
      mayRaise: true,
    });
  }
}

/** The steps that are still to be done, in their order. */
function stepsOf(answer: AlertAnswer | null, { state }: TriageFields): { action: TriageAction; atMs: number }[] {
  if (answer === null) return [];
  const { acknowledgedAtMs, resolved } = answer;
  const looks = { action: { kind: 'acknowledge' }, atMs: acknowledgedAtMs } as const;
  const ends = resolved && {
    action: { kind: 'resolve', outcome: resolved.outcome, note: null } as const,
    atMs: resolved.atMs,
  };
  return [...(state === 'open' ? [looks] : []), ...(ends === null ? [] : [ends])];
}
