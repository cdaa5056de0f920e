import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { AccountDraft, Adding, Drafts } from './account-draft.js';
import type { FactsToLoad } from './facts-to-load.js';
import type { QuietSpells } from './quiet-spells.js';
import { RelationshipFactsRepository, type TouchpointRow } from './relationship-facts.repository.js';

@Injectable()
export class RelationshipFactsLoader {
  constructor(private readonly repository: RelationshipFactsRepository) {}

  askContacts(tx: Tx, batch: Batch, { past, asOf, through }: FactsToLoad): Adding {
    const contacts = asked(this.repository.specialContacts(tx, batch));
    // As of an earlier day other people may have been the champions; what serves several days will serve such ones.
    const roles = past || through > asOf ? asked(this.repository.contactRoles(tx, batch)) : [];
    return async (drafts) => {
      for (const row of await contacts) {
        drafts.get(row.account_id)?.addContact(row.id, {
          ...(row.ref !== null && { ref: row.ref }),
          role: row.role,
          internal: row.internal,
          leftOn: row.left_on as Day | null,
          lastSeen: row.last_seen as Day | null,
        });
      }
      for (const row of await roles) {
        drafts.get(row.account_id)?.addRoles(row.contact_id, {
          leftOn: row.left_on as Day | null,
          lastSeen: row.last_seen as Day | null,
          versions: row.roles.map((role, index) => ({ from: row.from_days[index] as Day, role })),
        });
      }
    };
  }

  askTouchpoints(tx: Tx, batch: Batch, { asOf, through, needs }: FactsToLoad): Adding {
    const from = needs.touchpointsFrom;
    if (from === null) return async () => undefined;
    const touchpoints = asked(this.repository.touchpoints(tx, batch, from, through));
    return async (drafts) => {
      const untouched = new Set(drafts.keys());
      for (const row of await touchpoints) {
        const draft = drafts.get(row.account_id);
        if (!draft) continue;
        if (row.counts && row.day <= asOf) untouched.delete(row.account_id);
        addTouchpoint(draft, row);
      }
      for (const row of await this.repository.lastTouch(tx, [...untouched], from)) {
        const draft = drafts.get(row.account_id);
        if (draft) draft.facts.lastTouchBefore = row.day as Day;
      }
    };
  }

  /** The last touch before the days loaded of champions who do not use the product. */
  async addEarlierTouches(tx: Tx, drafts: Drafts, { champions }: QuietSpells, { needs }: FactsToLoad): Promise<void> {
    if (needs.touchpointsFrom === null) return;
    for (const row of await this.repository.contactTouches(tx, champions, needs.touchpointsFrom)) {
      const draft = drafts.get(row.account_id);
      if (draft) addTouchpoint(draft, row);
    }
  }
}

function addTouchpoint(draft: AccountDraft, { ref, day, counts, contact_ids }: TouchpointRow): void {
  const contacts = contact_ids.map((id) => draft.contactIndex(id));
  draft.facts.touchpoints.push({ ref, day: day as Day, counts, contacts });
}
