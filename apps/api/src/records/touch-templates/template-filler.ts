import { Injectable } from '@nestjs/common';
import { inWords } from '@steward/shared/alert-reason';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { IsoDay } from '@steward/shared/common';
import {
  filledTemplate,
  MERGE_FIELDS,
  type MergeField,
  type RenderedTemplate,
  type TouchTemplate,
} from '@steward/shared/touch-templates';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import type { Tx } from '../../db/unit-of-work.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { type TemplateAccount, type TemplateContact, TouchTemplatesRepository } from './touch-templates.repository.js';

/** Merge fields that are values of the account. */
const FROM_CATALOGUE: Partial<Record<MergeField, string>> = {
  'account.name': 'account.name',
  'account.plan': 'account.plan',
  'account.arr': 'account.arr',
  'account.seats': 'account.seats',
  'account.tier': 'tier',
  'account.stage': 'stage',
  'health.score': 'health.score',
  'health.band': 'health.band',
  renewalDate: 'account.renewalDate',
  daysToRenewal: 'commercial.days_to_renewal',
  activeContacts: 'usage.active_contacts',
  seatUtilization: 'usage.seat_utilization',
  nps: 'sentiment.nps',
  openTickets: 'support.open_tickets',
};

interface Filling {
  template: Pick<TouchTemplate, 'kind' | 'subject' | 'text'>;
  accountId: string;
  account: TemplateAccount;
  contactId: string | null;
  today: IsoDay;
  writer: string;
}

const A_DAY: Pick<CatalogueField, 'type' | 'unit' | 'options'> = { type: 'date', unit: null, options: null };

const firstWord = (name: string | null | undefined): string | null => name?.trim().split(/\s+/)[0] || null;
const dayInWords = (day: IsoDay | null): string | null => (day === null ? null : inWords({ value: day, field: A_DAY }));

/** Puts an account's values of now into a template. */
@Injectable()
export class TemplateFiller {
  constructor(
    private readonly repository: TouchTemplatesRepository,
    private readonly catalogues: CatalogueReader,
  ) {}

  async fill(tx: Tx, { template, accountId, account, contactId, today, writer }: Filling): Promise<RenderedTemplate> {
    const contact = await this.repository.contact(tx, accountId, contactId, today);
    if (contactId !== null && contact === null) {
      const message = `The account has no contact ${contactId}.`;
      throw new InvalidInput(message, [{ path: 'contactId', code: 'UNKNOWN_CONTACT', message }], 'UNKNOWN_CONTACT');
    }
    const values = await this.valuesOf(tx, accountId, today);
    const told: Partial<Record<MergeField, string | null>> = {
      ...ofContact(contact),
      'csm.name': account.csm,
      'am.name': account.am,
      'owner.name': account.csm ?? account.am,
      'me.name': writer,
      'me.firstName': firstWord(writer),
      lastTouchDay: dayInWords(account.lastTouchDay),
      today: dayInWords(today),
    };
    const read = (field: MergeField) => told[field] ?? values.get(field) ?? null;
    const subject = template.subject === null ? null : filledTemplate(template.subject, read);
    const text = filledTemplate(template.text, read);
    const missing = [...new Set([...(subject?.missing ?? []), ...text.missing])];
    return {
      kind: template.kind,
      subject: subject?.text ?? null,
      text: text.text,
      missing: missing.map((field) => ({ field, label: MERGE_FIELDS[field] })),
      contact: contact === null ? null : { id: contact.id, name: contact.name ?? contact.email ?? '' },
    };
  }

  private async valuesOf(tx: Tx, accountId: string, today: IsoDay): Promise<Map<MergeField, string>> {
    const { catalogue } = await this.catalogues.model(tx);
    const keys = Object.values(FROM_CATALOGUE);
    const values = await this.repository.values(tx, catalogue, accountId, today, keys);
    const words = new Map<MergeField, string>();
    for (const [field, key] of Object.entries(FROM_CATALOGUE) as [MergeField, string][]) {
      const value = values.get(key) ?? null;
      const bound = catalogue.fields.get(key);
      if (value === null || bound === undefined) continue;
      // A score is shown as its floor, here as everywhere.
      const shown = key === 'health.score' ? Math.floor(value as number) : value;
      words.set(field, inWords({ value: shown, field: bound.field }));
    }
    return words;
  }
}

function ofContact(contact: TemplateContact | null): Partial<Record<MergeField, string | null>> {
  return {
    'contact.name': contact?.name ?? null,
    'contact.firstName': firstWord(contact?.name),
    'contact.title': contact?.title ?? null,
  };
}
