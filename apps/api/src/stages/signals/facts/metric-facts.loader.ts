import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { Adding } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import { MetricFactsRepository } from './metric-facts.repository.js';

@Injectable()
export class MetricFactsLoader {
  constructor(private readonly repository: MetricFactsRepository) {}

  askMetrics(tx: Tx, batch: Batch, wanted: FactsToLoad): Adding {
    const needed = wanted.needs.metrics;
    const seen = needed.flatMap(({ key }) => (wanted.seenOnly.has(`metric:${key}`) ? [key] : []));
    const points = asked(this.repository.metricPoints(tx, batch, needed, wanted.through));
    const first = asked(this.repository.firstMetricPoints(tx, batch, seen));
    return async (drafts) => {
      for (const row of await points) {
        const metrics = drafts.get(row.account_id)?.facts.metrics;
        if (!metrics) continue;
        metrics[row.metric] ??= [];
        metrics[row.metric]?.push({ day: row.day as Day, value: row.value });
      }
      for (const row of await first) {
        const facts = drafts.get(row.account_id)?.facts;
        if (facts) facts.firstFactDay[`metric:${row.metric}`] = row.day as Day;
      }
    };
  }

  askEvents(tx: Tx, batch: Batch, { needs, through, timeZone }: FactsToLoad): Adding {
    const selections = needs.eventSelections.map((need) => ({
      key: need.key,
      newest: need.newestBefore ? asked(this.repository.newestEvents(tx, batch, need, timeZone)) : [],
      events: asked(this.repository.selectedEvents(tx, batch, need, through, timeZone)),
    }));
    return async (drafts) => {
      for (const { key, newest, events } of selections) {
        for (const row of [...(await newest), ...(await events)]) {
          const draft = drafts.get(row.account_id);
          if (!draft) continue;
          const of = draft.facts.eventSelections;
          const contact = draft.contactIndex(row.contact_id);
          of[key] ??= [];
          of[key]?.push({ contact, day: row.day as Day, count: row.count });
        }
      }
    };
  }
}
