import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day, Month } from '../../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../../domain/calendar/month.js';
import { NO_CONTACT } from '../../../domain/signals/facts.js';
import type { Batch } from '../../batch.js';
import type { Adding, Drafts } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import { daysWithEvents } from './ledger-texts.js';
import type { QuietSpells } from './quiet-spells.js';
import { UsageFactsRepository } from './usage-facts.repository.js';

@Injectable()
export class UsageFactsLoader {
  constructor(private readonly repository: UsageFactsRepository) {}

  ask(tx: Tx, batch: Batch, { needs, untrackedFeatures }: FactsToLoad): Adding {
    const contacts = asked(this.repository.contactMonths(tx, batch, needs.usageMonths));
    const features = asked(this.repository.featureMonths(tx, batch, needs.featureMonths, untrackedFeatures));
    const events = asked(this.repository.eventMonths(tx, batch, needs.eventMonths));
    return async (drafts) => {
      for (const row of await contacts) {
        const draft = drafts.get(row.account_id);
        if (draft) draft.ledger.contacts = row.months;
      }
      for (const row of await features) {
        const draft = drafts.get(row.account_id);
        if (draft) draft.ledger.features = row.months;
      }
      for (const row of await events) {
        const draft = drafts.get(row.account_id);
        if (draft) draft.ledger.events = row.months;
      }
    };
  }

  /** The last activity before the months loaded. */
  async addLastActivity(tx: Tx, drafts: Drafts, quiet: QuietSpells, { asOf, needs }: FactsToLoad): Promise<void> {
    const before = (quiet.since - 1) as Month;
    const unread = needs.usageMonths.includes(monthOf(asOf)) ? before : monthOf(asOf);
    for (const row of await this.repository.lastActivity(tx, quiet.accounts, before)) {
      const usage = drafts.get(row.account_id)?.facts.usage;
      if (!usage) continue;
      const days = daysWithEvents(row.counts);
      usage.contactMonths.push({ contact: NO_CONTACT, month: row.month as Month, days });
      usage.lastActiveBefore = (firstDayOf(row.month as Month) + 31 - Math.clz32(days)) as Day;
    }
    for (const row of await this.repository.lastContactActivity(tx, quiet.champions, unread, needs.usageMonths)) {
      const draft = drafts.get(row.account_id);
      const contact = draft?.contactIndex(row.contact_id) ?? NO_CONTACT;
      draft?.facts.usage.contactMonths.push({ contact, month: row.month as Month, days: row.days });
    }
  }
}
