import { type ImportMappingInput, importMappingSchema } from '@steward/shared/imports';
import type { FactRow } from './fact-rows.js';
import { type MappedRow, mapRow, prepareMapping } from './map-row.js';

const context = { timeZone: 'Europe/Vienna', currency: 'EUR', receivedOn: '2026-04-20' };

function prepare(mapping: ImportMappingInput, headers: readonly string[]) {
  return prepareMapping(importMappingSchema.parse(mapping), headers, context);
}

/** Maps one record, given as column → cell. */
function map(mapping: ImportMappingInput, record: Record<string, string>): MappedRow {
  const result = prepare(mapping, Object.keys(record));
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  return mapRow(result.prepared, Object.values(record));
}

function facts(mapping: ImportMappingInput, record: Record<string, string>): FactRow[] {
  const mapped = map(mapping, record);
  expect(mapped.problems).toEqual([]);
  return mapped.facts;
}

const fields = (mapping: Record<string, string>) =>
  Object.entries(mapping).map(([column, field]) => ({ column, field }));

const ref = (id: string) => ({ via: 'externalId', id });

describe('accounts', () => {
  it('carry what the row delivers, with types, and nothing else', () => {
    const mapping: ImportMappingInput = {
      kind: 'account',
      columns: [
        ...fields({ 'Customer ID': 'account', Status: 'status', MRR: 'mrr', Site: 'domain' }),
        { column: 'Customer Level', attribute: 'level' },
        { column: 'Age', attribute: 'age_months', type: 'number' },
      ],
    };
    const record = {
      'Customer ID': ' CRM-1 ',
      Status: 'Retained',
      MRR: '$8,212',
      Site: 'https://www.Acme.test/en',
      'Customer Level': 'Enterprise',
      Age: '24',
    };
    expect(facts(mapping, record)).toEqual([
      {
        kind: 'account',
        account: ref('CRM-1'),
        fields: { status: 'customer', mrr: { amountMinor: 821200, currency: 'USD' }, domain: 'acme.test' },
        attributes: { level: { type: 'text', value: 'Enterprise' }, age_months: { type: 'number', value: 24 } },
        effectiveOn: null,
      },
    ]);
  });

  it('without an id are rejected, with what stood in its place', () => {
    const mapped = map(
      { kind: 'account', columns: fields({ 'Customer ID': 'account', Status: 'status' }) },
      { 'Customer ID': '#N/A', Status: 'Churn' },
    );
    expect(mapped).toEqual({
      facts: [],
      problems: [{ column: 'Customer ID', value: '#N/A', code: 'MISSING_VALUE', reason: 'Account id is missing.' }],
    });
  });

  it('list all that is wrong with a row, cell by cell', () => {
    const mapped = map(
      { kind: 'account', columns: fields({ id: 'account', seats: 'seats', renewal: 'renewalDate', cur: 'currency' }) },
      { id: 'A', seats: '-3', renewal: '9999-12-31', cur: 'EURO' },
    );
    expect(mapped.facts).toEqual([]);
    expect(mapped.problems.map(({ column, code }) => [column, code])).toEqual([
      ['cur', 'UNKNOWN_CURRENCY'],
      ['seats', 'NUMBER_OUT_OF_RANGE'],
      ['renewal', 'YEAR_OUT_OF_RANGE'],
    ]);
  });

  it('keep what is known where a cell is blank, unless blanks are to clear', () => {
    const mapping: ImportMappingInput = {
      kind: 'account',
      columns: fields({ id: 'account', csm: 'csm', plan: 'plan' }),
    };
    const record = { id: 'A', csm: '', plan: 'Gold' };
    expect(facts(mapping, record)).toMatchObject([{ fields: { plan: 'Gold' } }]);
    expect((facts(mapping, record)[0] as any).fields).not.toHaveProperty('csm');
    expect(facts({ ...mapping, blanks: 'clear' }, record)).toMatchObject([{ fields: { csm: null, plan: 'Gold' } }]);
  });

  it('take their status from flags where none is given', () => {
    const mapping: ImportMappingInput = {
      kind: 'account',
      columns: fields({ id: 'account', is_trial: 'isTrial', churn_flag: 'isChurned' }),
    };
    const status = (trial: string, churned: string) =>
      (facts(mapping, { id: 'A', is_trial: trial, churn_flag: churned })[0] as any).fields.status;
    expect(status('FALSE', 'FALSE')).toBe('customer');
    expect(status('TRUE', 'FALSE')).toBe('trial');
    expect(status('True', 'True')).toBe('churned');
    expect(status('', '')).toBeUndefined();
  });

  it('hold from the row’s own date, else from the as-of day', () => {
    const mapping: ImportMappingInput = {
      kind: 'account',
      columns: fields({
        account_id: 'account',
        churn_date: 'churnedOn',
        reason_code: 'churnReason',
        on: 'effectiveOn',
      }),
      constants: { status: 'churned' },
      dated: '2026-04-14',
    };
    const record = { account_id: 'A', churn_date: '27-10-2024', reason_code: 'pricing', on: '' };
    expect(facts(mapping, record)).toMatchObject([
      { effectiveOn: '2026-04-14', fields: { status: 'churned', churnedOn: '2024-10-27', churnReason: 'pricing' } },
    ]);
    expect(facts(mapping, { ...record, on: '2024-10-27' })).toMatchObject([{ effectiveOn: '2024-10-27' }]);
  });

  it('read values by the mapping’s own table before the usual spellings', () => {
    const mapping: ImportMappingInput = {
      kind: 'account',
      columns: [
        { column: 'id', field: 'account' },
        { column: 'st', field: 'status', valueMap: { Gone: 'churned', '(tbc)': null } },
      ],
    };
    expect(facts(mapping, { id: 'A', st: 'gone' })).toMatchObject([{ fields: { status: 'churned' } }]);
    expect(facts(mapping, { id: 'A', st: 'active' })).toMatchObject([{ fields: { status: 'customer' } }]);
    expect(facts(mapping, { id: 'A', st: '(tbc)' })).toMatchObject([{ fields: {} }]);
  });
});

describe('metrics', () => {
  it('in wide form give a point for each column that holds a value, on the last day of the period', () => {
    const mapping: ImportMappingInput = {
      kind: 'metric',
      columns: [
        ...fields({ account_id: 'account', month: 'day' }),
        { column: 'API calls', metric: 'API calls' },
        { column: 'users', metric: 'active_users' },
        { column: 'sdk', ignore: true },
      ],
    };
    expect(
      facts(mapping, { account_id: '1000', month: '2025-10', 'API calls': '4,703', users: '', sdk: 'v3' }),
    ).toEqual([
      { kind: 'metric', account: ref('1000'), metric: 'api_calls', day: '2025-10-31', value: 4703, period: 'month' },
    ]);
  });

  it('without a date column stand on the as-of day', () => {
    const mapping: ImportMappingInput = {
      kind: 'metric',
      dated: '2026-04-14',
      columns: [
        { column: 'id', field: 'account' },
        { column: 'Help Ticket Count', metric: 'help_tickets', period: 'month' },
      ],
    };
    expect(facts(mapping, { id: 'A', 'Help Ticket Count': '9' })).toMatchObject([
      { metric: 'help_tickets', day: '2026-04-30', value: 9, period: 'month' },
    ]);
  });

  it('in long form give one point a row', () => {
    const mapping: ImportMappingInput = {
      kind: 'metric',
      columns: fields({ account: 'account', metric: 'metric', day: 'day', value: 'value' }),
    };
    expect(facts(mapping, { account: 'A', metric: 'Logins', day: '2026-03-05', value: '1.5' })).toEqual([
      { kind: 'metric', account: ref('A'), metric: 'logins', day: '2026-03-05', value: 1.5, period: null },
    ]);
  });
});

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

describe('a mapping that does not fit', () => {
  const codes = (mapping: ImportMappingInput, headers: string[]) => {
    const result = prepare(mapping, headers);
    return result.ok ? [] : result.problems.map(({ code, field }) => [code, field]);
  };

  it('is refused where the fact needs a day and the file has none', () => {
    const mapping: ImportMappingInput = { kind: 'ticket', columns: fields({ a: 'account', t: 'id' }) };
    expect(codes(mapping, ['a', 't'])).toEqual([['DAY_NEEDED', 'opened']]);
    expect(codes({ ...mapping, dated: '2026-04-14' }, ['a', 't'])).toEqual([]);
  });

  it('is refused for columns that the file lacks and fields that are needed', () => {
    expect(codes({ kind: 'account', columns: fields({ nope: 'account' }) }, ['id'])).toEqual([
      ['UNKNOWN_COLUMN', 'account'],
      ['FIELD_NEEDED', 'account'],
    ]);
    expect(
      codes({ kind: 'survey', dated: '2026-01-01', columns: fields({ a: 'account', s: 'score' }) }, ['a', 's']),
    ).toEqual([['FIELD_NEEDED', 'kind']]);
    expect(codes({ kind: 'metric', dated: '2026-01-01', columns: fields({ a: 'account' }) }, ['a'])).toEqual([
      ['FIELD_NEEDED', 'metric'],
      ['FIELD_NEEDED', 'value'],
    ]);
  });

  it.each([
    { kind: 'account', columns: fields({ a: 'account', b: 'shoeSize' }) },
    { kind: 'account', columns: fields({ a: 'account', b: 'account' }) },
    { kind: 'account', columns: [{ column: 'a', metric: 'x' }] },
    { kind: 'ticket', columns: [{ column: 'a', attribute: 'x' }] },
    { kind: 'account', columns: [{ column: 'a', field: 'name', ignore: true }] },
    { kind: 'account', columns: fields({ a: 'name' }), constants: { name: 'b' } },
    { kind: 'account', columns: fields({ a: 'name' }), dated: '2026-02-30' },
  ] as ImportMappingInput[])('is refused by its schema: %j', (mapping) => {
    expect(importMappingSchema.safeParse(mapping).success).toBe(false);
  });
});

describe('a row of totals', () => {
  const mapping: ImportMappingInput = {
    kind: 'account',
    columns: fields({ Id: 'account', Name: 'name', ARR: 'arr', Seats: 'seats' }),
  };
  const row = (Id: string, Name: string, ARR: string, Seats: string) => ({ Id, Name, ARR, Seats });

  it.each([
    row('Total', '', '$5,000', '12'),
    row('', 'Grand total:', '$5,000', '12'),
    row('Summe', '-', '5.000,00 €', ''),
  ])('is no account: %j', (record) => {
    expect(map(mapping, record)).toMatchObject({ facts: [], problems: [{ code: 'TOTALS_ROW' }] });
  });

  it.each([row('Total', 'Total Energies', '$5,000', '12'), row('T-1', 'Total', '$5,000', '12')])(
    'is not what only has such a name: %j',
    (record) => {
      expect(facts(mapping, record)).toHaveLength(1);
    },
  );
});

it('a row from a file of rejected rows is the same row, whatever was said about it', () => {
  const mapping: ImportMappingInput = {
    kind: 'event',
    columns: fields({ Account: 'account', Event: 'name', When: 'occurredAt' }),
  };
  const record = { Account: 'A-1', Event: '=Login', When: '2026-04-01' };
  const mended = { ...record, Event: "'=Login", rejected_line: '7', rejected_reason: 'no' };
  expect(facts(mapping, mended)).toEqual(facts(mapping, record));
});
