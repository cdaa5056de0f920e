import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { Drafts } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import { MetricFactsRepository } from './metric-facts.repository.js';

@Injectable()
export class MetricFactsLoader {
  constructor(private readonly repository: MetricFactsRepository) {}

  async addMetrics(tx: Tx, batch: Batch, drafts: Drafts, wanted: FactsToLoad): Promise<void> {
    const needed = wanted.needs.metrics;
    for (const row of await this.repository.metricPoints(tx, batch, needed, wanted.through)) {
      const metrics = drafts.get(row.account_id)?.facts.metrics;
      if (!metrics) continue;
      metrics[row.metric] ??= [];
      metrics[row.metric]?.push({ day: row.day as Day, value: row.value });
    }
    const seen = needed.flatMap(({ key }) => (wanted.seenOnly.has(`metric:${key}`) ? [key] : []));
    for (const row of await this.repository.firstMetricPoints(tx, batch, seen)) {
      const facts = drafts.get(row.account_id)?.facts;
      if (facts) facts.firstFactDay[`metric:${row.metric}`] = row.day as Day;
    }
  }

  async addEvents(tx: Tx, batch: Batch, drafts: Drafts, { needs, through, timeZone }: FactsToLoad): Promise<void> {
    for (const need of needs.eventSelections) {
      const newest = need.newestBefore ? await this.repository.newestEvents(tx, batch, need, timeZone) : [];
      for (const row of [...newest, ...(await this.repository.selectedEvents(tx, batch, need, through, timeZone))]) {
        const draft = drafts.get(row.account_id);
        if (!draft) continue;
        const selections = draft.facts.eventSelections;
        const contact = draft.contactIndex(row.contact_id);
        selections[need.key] ??= [];
        selections[need.key]?.push({ contact, day: row.day as Day, count: row.count });
      }
    }
  }
}
