import type {
  AccountFields,
  AccountRow,
  ContactRef,
  ContactRow,
  EventRow,
  InvoiceRow,
  MetricRow,
  PulseRow,
  SubscriptionRow,
  SurveyRow,
  TicketRow,
  TouchpointRow,
} from '../../../apps/api/src/domain/values/fact-rows.js';

/** Facts of the account `A-1` unless said otherwise. */
const account = { via: 'externalId', id: 'A-1' } as const;
const of = (id: string | undefined) => (id === undefined ? account : ({ via: 'externalId', id } as const));

export const aContact = (ref: Partial<ContactRef> = {}): ContactRef => ({
  externalId: null,
  email: null,
  name: null,
  ...ref,
});

export function anAccount(
  fields: Partial<AccountFields> = {},
  more: { of?: string; effectiveOn?: string; attributes?: AccountRow['attributes'] } = {},
): AccountRow {
  return {
    kind: 'account',
    account: of(more.of),
    fields,
    attributes: more.attributes ?? {},
    effectiveOn: more.effectiveOn ?? null,
  };
}

export function aContactRow(
  contact: Partial<ContactRef>,
  fields: ContactRow['fields'] = {},
  more: { of?: string } = {},
): ContactRow {
  return {
    kind: 'contact',
    account: of(more.of),
    contact: aContact(contact),
    fields,
    attributes: {},
    effectiveOn: null,
  };
}

export function anEvent(row: Partial<EventRow> & { of?: string } = {}): EventRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'event',
    account: of(id),
    messageId: 'm-1',
    contact: aContact({ externalId: 'U-1' }),
    name: 'opened',
    feature: null,
    occurredAt: '2026-03-10T12:00:00.000Z',
    count: 1,
    properties: {},
    ...rest,
  };
}

export function aMetric(row: Partial<MetricRow> & { of?: string } = {}): MetricRow {
  const { of: id, ...rest } = row;
  return { kind: 'metric', account: of(id), metric: 'api_calls', day: '2026-03-31', value: 1, period: null, ...rest };
}

export function aSubscription(row: Partial<SubscriptionRow> & { of?: string } = {}): SubscriptionRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'subscription',
    account: of(id),
    id: 'S-1',
    plan: 'Pro',
    quantity: 10,
    seatBased: true,
    mrr: { amountMinor: 100_00, currency: 'EUR' },
    start: '2025-01-01',
    end: null,
    termMonths: null,
    autoRenew: null,
    ...rest,
  };
}

export function aTicket(row: Partial<TicketRow> & { of?: string } = {}): TicketRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'ticket',
    account: of(id),
    id: 'T-1',
    subject: 'It is slow',
    opened: '2026-03-01',
    openedAt: null,
    closed: null,
    closedAt: null,
    resolutionHours: null,
    priority: 'normal',
    status: 'open',
    satisfaction: null,
    contact: null,
    disagrees: false,
    closedAssumed: false,
    ...rest,
  };
}

export function anInvoice(row: Partial<InvoiceRow> & { of?: string } = {}): InvoiceRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'invoice',
    account: of(id),
    id: 'I-1',
    issued: '2026-02-01',
    due: '2026-03-01',
    amount: { amountMinor: 500_00, currency: 'EUR' },
    status: 'open',
    paidOn: null,
    failedOn: null,
    ...rest,
  };
}

export function anAnswer(row: Partial<SurveyRow> & { of?: string } = {}): SurveyRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'survey',
    account: of(id),
    id: 'Q-1',
    survey: 'nps',
    rating: { score: 9, scaleMin: 0, scaleMax: 10 },
    day: '2026-03-05',
    comment: null,
    contact: null,
    ...rest,
  };
}

export function aTouchpoint(row: Partial<TouchpointRow> & { of?: string } = {}): TouchpointRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'touchpoint',
    account: of(id),
    id: 'C-1',
    touchpoint: 'call',
    day: '2026-03-07',
    at: null,
    author: null,
    contacts: [],
    text: null,
    links: [],
    counts: true,
    ...rest,
  };
}

export function aPulse(row: Partial<PulseRow> & { of?: string } = {}): PulseRow {
  const { of: id, ...rest } = row;
  return {
    kind: 'pulse',
    account: of(id),
    day: '2026-04-01',
    value: 4,
    reasons: [],
    author: null,
    note: null,
    ...rest,
  };
}
