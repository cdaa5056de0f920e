import type { FactKind } from '@steward/shared/fact-kinds';
import { ColumnProfiler } from './column-profile.js';
import { type SeenColumn, suggestColumns, suggestKind } from './header-match.js';

const columns = (...names: string[]): SeenColumn[] => names.map((name) => ({ name, type: null }));

function suggested(kind: FactKind, seen: SeenColumn[]): Record<string, string> {
  return Object.fromEntries(
    suggestColumns(kind, seen).map(({ mapping: { column, field, metric, attribute } }) => [
      column,
      field ?? (metric === undefined ? (attribute === undefined ? '-' : `attribute ${attribute}`) : `metric ${metric}`),
    ]),
  );
}

describe('columns', () => {
  it('of an account export find their fields', () => {
    const seen = columns(
      'account_id',
      'accountName',
      'ARR (USD)',
      'contract_end_date',
      'plan_tier',
      'csm_name',
      'Favourite colour',
    );
    expect(suggested('account', seen)).toEqual({
      account_id: 'account',
      accountName: 'name',
      'ARR (USD)': 'arr',
      contract_end_date: 'renewalDate',
      plan_tier: 'plan',
      csm_name: 'csm',
      'Favourite colour': 'attribute favourite_colour',
    });
  });

  it.each([
    '2026-01',
    '2026_02',
    '01/2026',
    'Jan 2026',
    'Jan-26',
    '2026-W03',
    '2026-01-31',
    '31.01.2026',
    '01/02/2026',
  ])('named %s are left out, with a hint: months and days as columns are not read', (name) => {
    for (const kind of ['account', 'metric', 'event'] as const) {
      expect(suggestColumns(kind, [{ name, type: 'integer' }])).toEqual([
        { mapping: { column: name, ignore: true }, confidence: 0, hint: expect.stringContaining('Months or days') },
      ]);
    }
  });

  it.each(['Market 26', 'May', '2026', '45000', 'Plan 2026'])('named %s are no months', (name) => {
    const [suggestion] = suggestColumns('account', [{ name, type: 'integer' }]);
    expect([suggestion?.mapping.ignore, suggestion?.hint]).toEqual([undefined, undefined]);
  });

  it('of a help desk find their fields', () => {
    const seen = columns(
      'account_id',
      'ticket_id',
      'submitted_at',
      'closed_at',
      'resolution_time_hours',
      'priority',
      'satisfaction_score',
      'escalation_flag',
    );
    expect(Object.values(suggested('ticket', seen))).toEqual([
      'account',
      'id',
      'opened',
      'closed',
      'resolutionHours',
      'priority',
      'satisfaction',
      'escalated',
    ]);
  });

  it('asked as a question are recognised', () => {
    const seen = columns('Customer ID', 'Response Date', 'How likely are you to recommend us to a friend or colleague');
    expect(Object.values(suggested('survey', seen))).toEqual(['account', 'day', 'npsScore']);
  });

  it('of numbers become metrics, whatever their names, unless rows name their metric', () => {
    const seen: SeenColumn[] = [
      { name: 'account_id', type: 'integer' },
      { name: 'month', type: 'date' },
      { name: 'API calls', type: 'integer' },
      { name: 'count', type: 'integer' },
      { name: 'sdk_version', type: 'text' },
    ];
    expect(Object.values(suggested('metric', seen))).toEqual([
      'account',
      'day',
      'metric api_calls',
      'metric count',
      '-',
    ]);
    expect(Object.values(suggested('metric', columns('account', 'metric', 'day', 'value')))).toEqual([
      'account',
      'metric',
      'day',
      'value',
    ]);
  });

  it('of numbers with a bad cell among them are metrics still, to be looked at twice', () => {
    const profiler = new ColumnProfiler(['account', 'day', 'logins', 'remark']);
    profiler.add(['A', '2026-04-01', '5', 'fine']);
    profiler.add(['B', '2026-04-01', '7', '3']);
    profiler.add(['C', '2026-04-01', 'abc', 'late']);
    const suggestions = suggestColumns('metric', profiler.seen());
    expect(suggestions[2]).toEqual({ mapping: { column: 'logins', metric: 'logins' }, confidence: 0.5 });
    expect(suggestions[3]!.mapping).toEqual({ column: 'remark', ignore: true });
  });

  it('are not taken for a field whose type their values cannot have', () => {
    expect(suggested('account', [{ name: 'renewal', type: 'text' }])).toEqual({ renewal: 'attribute renewal' });
  });

  it('are not taken for a field that only their first word names', () => {
    expect(suggested('account', columns('Customer Level', 'Account Status'))).toEqual({
      'Customer Level': 'attribute customer_level',
      'Account Status': 'status',
    });
  });

  it('go to one field each', () => {
    const fields = Object.values(suggested('account', columns('account_id', 'customer_id', 'Customer ID')));
    expect(fields.filter((field) => field === 'account')).toHaveLength(1);
  });
});

describe('the kind of a file', () => {
  it.each([
    ['account', ['account_id', 'account_name', 'industry', 'country', 'signup_date', 'plan_tier', 'seats']],
    ['ticket', ['account_id', 'ticket_id', 'created_date', 'subject', 'priority', 'resolution_time_hours', 'status']],
    ['subscription', ['subscription_id', 'account_id', 'start_date', 'end_date', 'plan_tier', 'seats', 'mrr_amount']],
    ['invoice', ['invoice_id', 'account_id', 'invoice_date', 'due_date', 'amount', 'currency', 'status']],
    ['contact', ['contact_id', 'account_id', 'email', 'first_name', 'last_name', 'job_title']],
  ] as const)('is %s for %j', (kind, names) => {
    expect(suggestKind(columns(...names))[0]?.kind).toBe(kind);
  });
});
