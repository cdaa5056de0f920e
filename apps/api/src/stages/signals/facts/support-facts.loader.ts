import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { Adding } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import { SupportFactsRepository } from './support-facts.repository.js';

@Injectable()
export class SupportFactsLoader {
  constructor(private readonly repository: SupportFactsRepository) {}

  ask(tx: Tx, batch: Batch, { asOf, through, needs }: FactsToLoad): Adding {
    const { ticketsFrom, answersFrom } = needs;
    const tickets = ticketsFrom === null ? [] : asked(this.repository.tickets(tx, batch, ticketsFrom, through));
    const answers = answersFrom === null ? [] : asked(this.repository.answers(tx, batch, answersFrom, through));
    const pulses = asked(this.repository.pulses(tx, batch, asOf));
    const later = through > asOf ? asked(this.repository.pulsesBetween(tx, batch, asOf, through)) : [];
    return async (drafts) => {
      for (const row of await tickets) {
        drafts.get(row.account_id)?.facts.tickets.push({
          ref: row.ref,
          opened: row.opened as Day,
          closed: row.closed as Day | null,
          priority: row.priority,
          resolutionHours: row.resolution_hours,
          satisfaction: rescaled(row.satisfaction, row.satisfaction_min, row.satisfaction_max, 1, 5),
        });
      }
      for (const row of await answers) {
        const draft = drafts.get(row.account_id);
        const [low, high] = row.kind === 'nps' ? [0, 10] : [1, 5];
        const score = rescaled(row.score, row.scale_min, row.scale_max, low, high);
        if (!draft || score === null) continue;
        const contact = draft.contactIndex(row.contact_id);
        draft.facts.answers.push({ ref: row.ref, kind: row.kind, day: row.day as Day, score, contact });
      }
      for (const row of [...(await pulses), ...(await later)]) {
        drafts.get(row.account_id)?.facts.pulses.push({ day: row.day as Day, value: row.value });
      }
    };
  }
}

/** A rating from its own scale onto another; null without one. */
function rescaled(value: number | null, min: number | null, max: number | null, low: number, high: number) {
  if (value === null) return null;
  if (min === null || max === null || max <= min) return value;
  return low + ((value - min) / (max - min)) * (high - low);
}
