import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { Drafts } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import { SupportFactsRepository } from './support-facts.repository.js';

@Injectable()
export class SupportFactsLoader {
  constructor(private readonly repository: SupportFactsRepository) {}

  async add(tx: Tx, batch: Batch, drafts: Drafts, { asOf, through, needs }: FactsToLoad): Promise<void> {
    if (needs.ticketsFrom !== null) {
      for (const row of await this.repository.tickets(tx, batch, needs.ticketsFrom, through)) {
        drafts.get(row.account_id)?.facts.tickets.push({
          ref: row.ref,
          opened: row.opened as Day,
          closed: row.closed as Day | null,
          priority: row.priority,
          resolutionHours: row.resolution_hours,
          satisfaction: rescaled(row.satisfaction, row.satisfaction_min, row.satisfaction_max, 1, 5),
        });
      }
    }
    if (needs.answersFrom !== null) {
      for (const row of await this.repository.answers(tx, batch, needs.answersFrom, through)) {
        const draft = drafts.get(row.account_id);
        const [low, high] = row.kind === 'nps' ? [0, 10] : [1, 5];
        const score = rescaled(row.score, row.scale_min, row.scale_max, low, high);
        if (!draft || score === null) continue;
        const contact = draft.contactIndex(row.contact_id);
        draft.facts.answers.push({ ref: row.ref, kind: row.kind, day: row.day as Day, score, contact });
      }
    }
    const later = through > asOf ? await this.repository.pulsesBetween(tx, batch, asOf, through) : [];
    for (const row of [...(await this.repository.pulses(tx, batch, asOf)), ...later]) {
      drafts.get(row.account_id)?.facts.pulses.push({ day: row.day as Day, value: row.value });
    }
  }
}

/** A rating from its own scale onto another; null without one. */
function rescaled(value: number | null, min: number | null, max: number | null, low: number, high: number) {
  if (value === null) return null;
  if (min === null || max === null || max <= min) return value;
  return low + ((value - min) / (max - min)) * (high - low);
}
