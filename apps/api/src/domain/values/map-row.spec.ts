import type { ImportMappingInput } from '@steward/shared/imports';
import { importMappingSchema } from '@steward/shared/imports';
import { facts, fields, map, prepare, ref } from './map-row.factory.js';

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

  it('are of a currency that there is, however it is written', () => {
    const columns = fields({ id: 'account', arr: 'arr' });
    const of = (currency: string) => facts({ kind: 'account', columns, currency }, { id: 'A', arr: '5' });
    expect(of('jpy')).toMatchObject([{ fields: { arr: { amountMinor: 5, currency: 'JPY' } } }]);
    for (const currency of ['ZZQ', 'zz']) {
      expect(prepare({ kind: 'account', columns, currency }, ['id', 'arr'])).toEqual({
        ok: false,
        problems: [
          {
            code: 'UNKNOWN_CURRENCY',
            column: null,
            field: 'currency',
            message: `"${currency}" is not a currency such as EUR.`,
          },
        ],
      });
    }
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
