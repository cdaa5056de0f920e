import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { dayNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { type Day, isoOf } from '../../../domain/calendar/day.js';
import { type Batch, inBatch } from '../../batch.js';

export interface TicketRow {
  account_id: string;
  ref: string;
  opened: number;
  closed: number | null;
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  resolution_hours: number | null;
  satisfaction: number | null;
  satisfaction_min: number | null;
  satisfaction_max: number | null;
}

export interface AnswerRow {
  account_id: string;
  ref: string;
  kind: 'nps' | 'csat';
  day: number;
  score: number;
  scale_min: number;
  scale_max: number;
  contact_id: string | null;
}

export interface PulseRow {
  account_id: string;
  day: number;
  value: number;
}

/** What the accounts of a batch say: tickets, answers to surveys, and the pulse that their owners give. */
@Injectable()
export class SupportFactsRepository {
  /** Tickets opened by the last day, and by then opened or closed since the first, or open. */
  tickets(tx: Tx, batch: Batch, from: Day, through: Day): Promise<TicketRow[]> {
    const { bind, values } = new Binder();
    const [since, day] = [`${bind(isoOf(from))}::date`, `${bind(isoOf(through))}::date`];
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('opened_on')} AS opened, ${dayNumber('closed_on')} AS closed, priority,
         resolution_hours, satisfaction, satisfaction_min, satisfaction_max
       FROM steward.ticket
       WHERE ${inBatch(batch, 'account_id', bind)} AND opened_on <= ${day}
         AND (opened_on >= ${since} OR closed_on IS NULL OR closed_on >= ${since})`,
      values,
    );
  }

  answers(tx: Tx, batch: Batch, from: Day, through: Day): Promise<AnswerRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, kind, ${dayNumber('answered_on')} AS day, score, scale_min, scale_max, contact_id
       FROM steward.survey_answer
       WHERE ${inBatch(batch, 'account_id', bind)} AND answered_on >= ${bind(isoOf(from))}::date
         AND answered_on <= ${bind(isoOf(through))}::date`,
      values,
    );
  }

  /** The newest pulse of each account as of the day. */
  pulses(tx: Tx, batch: Batch, asOf: Day): Promise<PulseRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT DISTINCT ON (account_id) account_id, ${dayNumber('day')} AS day, value FROM steward.pulse
       WHERE ${inBatch(batch, 'account_id', bind)} AND day <= ${bind(isoOf(asOf))}::date
       ORDER BY account_id, steward.pulse.day DESC`,
      values,
    );
  }

  /** Pulses after the one day up to the other. */
  pulsesBetween(tx: Tx, batch: Batch, after: Day, through: Day): Promise<PulseRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber('day')} AS day, value FROM steward.pulse
       WHERE ${inBatch(batch, 'account_id', bind)} AND day > ${bind(isoOf(after))}::date
         AND day <= ${bind(isoOf(through))}::date`,
      values,
    );
  }
}
