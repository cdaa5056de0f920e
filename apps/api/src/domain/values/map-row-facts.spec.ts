import type { ImportMappingInput } from '@steward/shared/imports';
import { facts, fields, map, ref } from './map-row.factory.js';

describe('tickets', () => {
  const mapping: ImportMappingInput = {
    kind: 'ticket',
    dated: '2026-04-14',
    columns: fields({
      account_id: 'account',
      ticket_id: 'id',
      created: 'opened',
      closed: 'closed',
      hours: 'resolutionHours',
      status: 'status',
      priority: 'priority',
      csat: 'satisfaction',
      esc: 'escalated',
    }),
  };
  const aTicket = (overrides: Record<string, string> = {}) => ({
    account_id: '1000',
    ticket_id: 'T-1',
    created: '2026-03-01',
    closed: '',
    hours: '',
    status: 'Open',
    priority: 'P1',
    csat: '',
    esc: '',
    ...overrides,
  });
  const ticket = (overrides: Record<string, string>) => facts(mapping, aTicket(overrides))[0];

  it('are open as delivered', () => {
    expect(ticket({ csat: '4' })).toEqual({
      kind: 'ticket',
      account: ref('1000'),
      id: 'T-1',
      subject: null,
      opened: '2026-03-01',
      openedAt: null,
      closed: null,
      closedAt: null,
      resolutionHours: null,
      priority: 'urgent',
      status: 'open',
      satisfaction: { score: 4, scaleMin: 1, scaleMax: 5 },
      contact: null,
      disagrees: false,
      closedAssumed: false,
    });
  });

  it('that are closed without a time close after their resolution hours', () => {
    expect(ticket({ status: 'Resolved', hours: '79.7' })).toMatchObject({
      status: 'closed',
      closed: '2026-03-04',
      resolutionHours: 79.7,
      closedAssumed: false,
    });
  });

  it('never close after the as-of day on which they were known to be closed', () => {
    expect(ticket({ status: 'Resolved', created: '2026-04-13', hours: '200' })).toMatchObject({ closed: '2026-04-14' });
  });

  it('that are closed without any time close on the as-of day, and say so', () => {
    expect(ticket({ status: 'solved' })).toMatchObject({ closed: '2026-04-14', closedAssumed: true, disagrees: false });
  });

  it('that are open with a resolution stay open, and say that this disagrees', () => {
    expect(ticket({ status: 'Escalated', hours: '5' })).toMatchObject({
      status: 'escalated',
      closed: null,
      resolutionHours: null,
      disagrees: true,
    });
  });

  it('without a status are closed when they have a closing time', () => {
    expect(ticket({ status: '', closed: '2026-03-02 03:00', hours: '27' })).toMatchObject({
      status: 'closed',
      closed: '2026-03-02',
      closedAt: '2026-03-02T02:00:00.000Z',
      resolutionHours: 27,
    });
    expect(ticket({ status: '', esc: 'TRUE' })).toMatchObject({ status: 'escalated' });
  });

  it('count the hours between two points in time', () => {
    expect(ticket({ status: 'Closed', created: '2026-03-01 10:00', closed: '2026-03-02 11:30' })).toMatchObject({
      resolutionHours: 25.5,
    });
  });

  it.each([
    [{ closed: '2026-02-01', status: 'closed' }, 'END_BEFORE_START'],
    [{ csat: '7' }, 'NUMBER_OUT_OF_RANGE'],
    [{ priority: 'whenever' }, 'UNKNOWN_OPTION'],
    [{ ticket_id: '' }, 'MISSING_VALUE'],
    [{ hours: '-5' }, 'NUMBER_OUT_OF_RANGE'],
  ])('with %j are rejected: %s', (overrides, code) => {
    expect(map(mapping, aTicket(overrides)).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('survey answers', () => {
  const mapping: ImportMappingInput = {
    kind: 'survey',
    columns: fields({ id: 'account', when: 'day', recommend: 'npsScore', value: 'csatScore', usability: 'csatScore' }),
  };
  const answer = (cells: string[]) =>
    facts(
      mapping,
      Object.fromEntries(['id', 'when', 'recommend', 'value', 'usability'].map((key, i) => [key, cells[i] ?? ''])),
    );

  it('come one for each score of the row', () => {
    expect(answer(['A', '2022-08-26', '10', '5', '4'])).toMatchObject([
      { survey: 'nps', rating: { score: 10, scaleMin: 0, scaleMax: 10 }, day: '2022-08-26' },
      { survey: 'csat', rating: { score: 5, scaleMin: 1, scaleMax: 5 } },
      { survey: 'csat', rating: { score: 4 } },
    ]);
    expect(answer(['A', '2022-08-26', '10', '', ''])).toHaveLength(1);
  });

  it('without id and contact are told apart by their content, and only by it', () => {
    const ids = (cells: string[]) => answer(cells).map((fact) => (fact as any).id);
    const first = ids(['A', '2022-08-26', '10', '5', '4']);
    expect(ids(['A', '2022-08-26', '10', '5', '4'])).toEqual(first);
    expect(
      new Set([...first, ...ids(['A', '2022-08-26', '10', '5', '3']), ...ids(['B', '2022-08-26', '10', '5', '4'])])
        .size,
    )
      // NPS and CSAT have identities of their own, so both may carry the row's id.
      .toBe(6);
  });

  it('of one kind take it from the mapping and their day from the as-of day', () => {
    const nps: ImportMappingInput = {
      kind: 'survey',
      columns: fields({ account_id: 'account', score: 'score', mail: 'contactEmail' }),
      constants: { kind: 'NPS' },
      dated: '2026-04-14',
    };
    expect(facts(nps, { account_id: '1000', score: '0', mail: 'Ann@Acme.test' })).toMatchObject([
      { survey: 'nps', id: null, contact: { email: 'ann@acme.test' }, day: '2026-04-14', rating: { score: 0 } },
    ]);
    expect(map(nps, { account_id: '1000', score: '11', mail: '' }).problems).toMatchObject([
      { code: 'NUMBER_OUT_OF_RANGE' },
    ]);
  });
});

describe('events', () => {
  const mapping: ImportMappingInput = {
    kind: 'event',
    accountVia: 'subscription',
    columns: [
      ...fields({ usage_id: 'messageId', sub: 'account', date: 'occurredAt', feature: 'feature', n: 'count' }),
      { column: 'beta', attribute: 'beta', type: 'boolean' },
    ],
    constants: { name: 'feature used' },
  };

  it('may name their account by a subscription and stand for a day’s count', () => {
    const record = { usage_id: 'U-1', sub: 'S-9', date: '27-07-2023', feature: 'feature_20', n: '9', beta: 'FALSE' };
    expect(facts(mapping, record)).toEqual([
      {
        kind: 'event',
        account: { via: 'subscription', id: 'S-9' },
        messageId: 'U-1',
        contact: null,
        name: 'feature used',
        feature: 'feature_20',
        occurredAt: '2023-07-26T22:00:00.000Z',
        count: 9,
        properties: { beta: false },
      },
    ]);
    expect(facts(mapping, { ...record, n: '0' })).toEqual([]);
  });
});

describe('subscriptions, invoices, touchpoints, deals, pulses and contacts', () => {
  it('subscriptions take MRR from ARR and the term from the billing', () => {
    const mapping: ImportMappingInput = {
      kind: 'subscription',
      columns: fields({
        s: 'id',
        a: 'account',
        from: 'start',
        to: 'end',
        arr: 'arr',
        q: 'quantity',
        bill: 'billingFrequency',
      }),
    };
    const record = { s: 'S-1', a: 'A', from: '2026-01-01', to: '', arr: '1000', q: '14', bill: 'annual' };
    expect(facts(mapping, record)).toMatchObject([
      {
        id: 'S-1',
        mrr: { amountMinor: 8333, currency: 'EUR' },
        end: null,
        termMonths: 12,
        seatBased: true,
        quantity: 14,
      },
    ]);
    expect(map(mapping, { ...record, to: '2025-12-31' }).problems).toMatchObject([
      { column: 'to', code: 'END_BEFORE_START' },
    ]);
  });

  it('a paid invoice without a day of payment was never late', () => {
    const mapping: ImportMappingInput = {
      kind: 'invoice',
      columns: fields({
        i: 'id',
        a: 'account',
        issued: 'issued',
        due: 'due',
        sum: 'amount',
        st: 'status',
        cur: 'currency',
      }),
    };
    const record = {
      i: 'I-1',
      a: 'A',
      issued: '2026-01-01',
      due: '2026-01-31',
      sum: '1.200,50',
      st: 'Paid',
      cur: 'CHF',
    };
    expect(facts(mapping, record)).toMatchObject([
      { amount: { amountMinor: 120050, currency: 'CHF' }, status: 'paid', paidOn: '2026-01-31' },
    ]);
    expect(facts(mapping, { ...record, st: 'overdue' })).toMatchObject([{ status: 'open', paidOn: null }]);
    expect(map(mapping, { ...record, sum: '' }).problems).toMatchObject([{ column: 'sum', code: 'MISSING_VALUE' }]);
  });

  it('an internal note is no touch, a call is', () => {
    const mapping: ImportMappingInput = {
      kind: 'touchpoint',
      columns: fields({ a: 'account', kind: 'kind', at: 'at', who: 'contacts', int: 'internal' }),
    };
    const record = { a: 'A', kind: 'Phone call', at: '2026-03-05 14:00', who: 'a@x.test; b@x.test', int: 'no' };
    expect(facts(mapping, record)).toMatchObject([
      { touchpoint: 'call', counts: true, day: '2026-03-05', at: '2026-03-05T13:00:00.000Z', contacts: [{}, {}] },
    ]);
    expect(facts(mapping, { ...record, kind: 'note' })).toMatchObject([{ counts: false }]);
    expect(facts(mapping, { ...record, int: 'yes' })).toMatchObject([{ counts: false }]);
  });

  it('a deal’s outcome follows its stage where no outcome is given', () => {
    const mapping: ImportMappingInput = {
      kind: 'deal',
      columns: fields({ d: 'id', a: 'account', stage: 'stage', close: 'closeDate', p: 'probability' }),
    };
    const record = { d: 'D', a: 'A', stage: 'Closed Won', close: '2026-03-31', p: '100 %' };
    expect(facts(mapping, record)).toMatchObject([
      { outcome: 'won', wonOn: '2026-03-31', probability: 100, deal: 'expansion' },
    ]);
    expect(facts(mapping, { ...record, stage: 'Proposal' })).toMatchObject([{ outcome: 'open', wonOn: null }]);
  });

  it('a pulse lies between 1 and 6', () => {
    const mapping: ImportMappingInput = {
      kind: 'pulse',
      dated: '2026-04-14',
      columns: fields({ a: 'account', v: 'value' }),
    };
    expect(facts(mapping, { a: 'A', v: '6' })).toMatchObject([{ value: 6, day: '2026-04-14' }]);
    expect(map(mapping, { a: 'A', v: '7' }).problems).toMatchObject([{ code: 'NUMBER_OUT_OF_RANGE' }]);
    expect(map(mapping, { a: 'A', v: '' }).problems).toMatchObject([{ code: 'MISSING_VALUE' }]);
  });

  it('a contact needs an id or an e-mail address', () => {
    const mapping: ImportMappingInput = {
      kind: 'contact',
      columns: fields({ a: 'account', mail: 'email', first: 'firstName', last: 'lastName' }),
    };
    expect(facts(mapping, { a: 'A', mail: 'Ann@x.test', first: 'Ann', last: 'Lee' })).toMatchObject([
      { contact: { externalId: null, email: 'ann@x.test', name: 'Ann Lee' }, fields: { name: 'Ann Lee' } },
    ]);
    expect(map(mapping, { a: 'A', mail: '', first: 'Ann', last: '' }).problems).toMatchObject([
      { code: 'MISSING_VALUE' },
    ]);
  });
});
