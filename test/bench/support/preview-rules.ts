import { BUILT_IN_SIGNALS } from '@steward/api/domain/signals/built-in';
import type { Rule } from '@steward/shared/rules';

/** A rule as the builder writes it, and the same condition as somebody would write it by hand, over `s` and `a`. */
export interface PreviewRule {
  name: string;
  rule: Rule;
  where: string;
}

const compare = (field: string, op: string, value?: unknown): Rule => ({ kind: 'compare', field, op, value }) as Rule;
const date = (field: string, op: string, days: number): Rule => ({ kind: 'date', field, op, days }) as Rule;
const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });
const any = (...rules: Rule[]): Rule => ({ kind: 'any', rules });
const not = (rule: Rule): Rule => ({ kind: 'not', rule });
const related = (of: string, quantifier: string, rule: Rule, n?: number): Rule =>
  ({ kind: 'related', of, quantifier, rule, ...(n === undefined ? {} : { n }) }) as Rule;

const signal = (key: string) => `s.signals[${BUILT_IN_SIGNALS.find((each) => each.key === key)?.number}]`;
const rows = (table: string, where: string) => `FROM steward.${table} x WHERE x.account_id = s.account_id AND ${where}`;

const LIVE: Rule = compare('account.status', 'in', ['trial', 'customer']);
const IS_LIVE = `s.status IN ('trial', 'customer')`;

/** A mixed bag: from all accounts to next to none, over columns, signals, texts, histories and rows. */
export function previewRules(today: string, csm: string): PreviewRule[] {
  const day = `DATE '${today}'`;
  const unpaid = `x.issued_on <= ${day} AND x.status <> 'void' AND NOT coalesce(x.paid_on <= ${day}, x.status = 'paid')`;
  const isOpen = `x.opened_on <= ${day} AND coalesce(x.closed_on > ${day}, true)`;
  const bag: [name: string, rule: Rule, where: string][] = [
    ['everyone', all(), 'TRUE'],
    ['live', LIVE, IS_LIVE],
    ['large', compare('account.arr', 'gte', 50_000), 's.arr_minor >= 5000000'],
    ['middling', compare('account.arr', 'between', [10_000, 20_000]), 's.arr_minor BETWEEN 1000000 AND 2000000'],
    ['first tier', all(LIVE, compare('tier', 'eq', 'T1')), `${IS_LIVE} AND s.tier = 'T1'`],
    ['at risk', compare('health.band', 'eq', 'at_risk'), `s.band = 'at_risk'`],
    ['not healthy', compare('health.band', 'neq', 'healthy'), `s.band IS DISTINCT FROM 'healthy'`],
    ['low score', compare('health.score', 'lt', 40), 's.score < 40'],
    [
      'renewal in 90 days',
      date('account.renewalDate', 'inNextDays', 90),
      `s.renewal_date BETWEEN ${day} AND ${day} + 90`,
    ],
    [
      'new',
      date('account.customerSince', 'inLastDays', 30),
      `s.customer_since > ${day} - 30 AND s.customer_since <= ${day}`,
    ],
    ['one industry', compare('account.industry', 'eq', 'Retail'), `a.industry = 'Retail'`],
    ['two countries', compare('account.country', 'in', ['DE', 'FR']), `a.country IN ('DE', 'FR')`],
    ['not on a plan', compare('account.plan', 'notIn', ['pro']), `coalesce(a.plan <> 'pro', true)`],
    ['name contains', compare('account.name', 'contains', '99'), `a.name ILIKE '%99%'`],
    ['one owner', compare('account.csm', 'eq', csm), `s.csm_user_id = '${csm}'`],
    ['no account manager', compare('account.am', 'isNotSet'), 's.am_user_id IS NULL'],
    ['promoter', compare('sentiment.promoter', 'eq', true), `${signal('sentiment.promoter')} = 1`],
    [
      'long untouched',
      compare('relationship.days_since_touch', 'gt', 30),
      `${signal('relationship.days_since_touch')} > 30`,
    ],
    ['few active', compare('usage.active_contacts', 'lte', 1), `${signal('usage.active_contacts')} <= 1`],
    [
      'seats unused',
      { kind: 'compareFields', field: 'usage.active_contacts', op: 'lt', times: 0.5, other: 'account.seats' },
      `${signal('usage.active_contacts')} < 0.5 * s.seats`,
    ],
    [
      'falling',
      { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 },
      's.health_change <= -20',
    ],
    [
      'long at risk',
      { kind: 'held', field: 'health.band', op: 'eq', value: 'at_risk', days: 30 },
      `s.band = 'at_risk' AND s.band_since <= ${day} - 29`,
    ],
    [
      'two of four',
      {
        kind: 'atLeast',
        n: 2,
        rules: [
          compare('account.arr', 'gte', 100_000),
          compare('tier', 'in', ['T1', 'T2']),
          compare('sentiment.promoter', 'eq', true),
          compare('account.seats', 'gte', 15),
        ],
      },
      `coalesce(s.arr_minor >= 10000000, false)::int + coalesce(s.tier IN ('T1', 'T2'), false)::int
        + coalesce(${signal('sentiment.promoter')} = 1, false)::int + coalesce(s.seats >= 15, false)::int >= 2`,
    ],
    [
      'unpaid',
      related('invoice', 'any', all(compare('unpaid', 'eq', true), date('dueOn', 'moreThanDaysAgo', 0))),
      `EXISTS (SELECT 1 ${rows('invoice', `${unpaid} AND x.due_on < ${day}`)})`,
    ],
    [
      'no open ticket',
      all(LIVE, related('ticket', 'none', compare('open', 'eq', true))),
      `${IS_LIVE} AND NOT EXISTS (SELECT 1 ${rows('ticket', isOpen)})`,
    ],
    [
      'two tickets',
      related('ticket', 'atLeast', date('openedOn', 'inLastDays', 28), 2),
      `(SELECT count(*) ${rows('ticket', `x.opened_on > ${day} - 28 AND x.opened_on <= ${day}`)}) >= 2`,
    ],
    [
      'touched lately',
      related('touchpoint', 'any', date('on', 'inLastDays', 7)),
      `EXISTS (SELECT 1 ${rows('touchpoint', `x.on_day > ${day} - 7 AND x.on_day <= ${day}`)})`,
    ],
    [
      'did something',
      { kind: 'eventCount', event: 'Feature Used', op: 'gte', count: 1, inLastDays: 14 },
      `EXISTS (SELECT 1 ${rows(
        'event',
        `x.name = 'Feature Used' AND x.occurred_at >= (${day} - 13)::timestamp AT TIME ZONE 'UTC'
        AND x.occurred_at < (${day} + 1)::timestamp AT TIME ZONE 'UTC'`,
      )})`,
    ],
    [
      'in the segment at risk or large',
      any(
        compare('health.band', 'eq', 'at_risk'),
        all(compare('account.arr', 'gte', 100_000), not(compare('tier', 'eq', 'T1'))),
      ),
      `coalesce(s.band = 'at_risk', false) OR s.arr_minor >= 10000000 AND s.tier IS DISTINCT FROM 'T1'`,
    ],
    [
      'much at once',
      all(
        LIVE,
        compare('account.arr', 'gte', 10_000),
        any(compare('health.band', 'in', ['at_risk', 'watch']), compare('sentiment.nps', 'lt', 0)),
        not(compare('account.industry', 'eq', 'Health')),
        date('account.renewalDate', 'inNextDays', 180),
      ),
      `${IS_LIVE} AND s.arr_minor >= 1000000
        AND (s.band IN ('at_risk', 'watch') OR coalesce(${signal('sentiment.nps')} < 0, false))
        AND a.industry IS DISTINCT FROM 'Health' AND s.renewal_date BETWEEN ${day} AND ${day} + 180`,
    ],
  ];
  return bag.map(([name, rule, where]) => ({ name, rule, where }));
}
