import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { all, any, field, isNotSet, isSet, not } from '../rule-builders.js';

export interface BuiltInSegment {
  key: string;
  of: SegmentOf;
  name: string;
  description: string;
  rule: Rule;
  columns: string[] | null;
  sort: { field: string; direction: 'asc' | 'desc' }[] | null;
}

/** The visible, removable condition that segments begin with. */
const isLive = field('account.status', 'in', ['trial', 'customer']);
const inLastDays = (key: string, days: number): Rule => ({ kind: 'date', field: key, op: 'inLastDays', days });
const fellByPoints = (by: number, overDays: number): Rule => ({
  kind: 'change',
  field: 'health.score',
  direction: 'down',
  by,
  unit: 'points',
  overDays,
});

const fellToRisk: Rule = {
  kind: 'transition',
  field: 'health.band',
  from: ['healthy'],
  to: ['at_risk'],
  inLastDays: 30,
};

/** Where few features are tracked, or many, their share alone says too much or too little. */
const moreFeatures: Rule = {
  kind: 'change',
  field: 'adoption.features',
  direction: 'up',
  by: 2,
  unit: 'absolute',
  overDays: 28,
};

/** After an expansion was won there is nothing to offer for a while. */
const DAYS_AFTER_EXPANSION = 90;

/** What speaks against offering more. */
const offersAreFit: readonly Rule[] = [
  not(field('health.band', 'eq', 'at_risk')),
  isNotSet('account.noticeGivenOn'),
  isNotSet('account.leavesOn'),
  not(field('billing.days_overdue', 'gt', 30)),
  {
    kind: 'related',
    of: 'deal',
    quantifier: 'none',
    rule: all(
      field('kind', 'eq', 'expansion'),
      any(field('state', 'eq', 'open'), all(field('state', 'eq', 'won'), inLastDays('endedOn', DAYS_AFTER_EXPANSION))),
    ),
  },
];

const segment = (
  key: string,
  name: string,
  description: string,
  rule: Rule,
  { of = 'account', columns = null, sort = null }: Partial<Pick<BuiltInSegment, 'of' | 'columns' | 'sort'>> = {},
): BuiltInSegment => ({ key, of, name, description, rule, columns, sort });

const largestFirst: BuiltInSegment['sort'] = [{ field: 'account.arr', direction: 'desc' }];

/** The segments that a new workspace starts with. */
export const BUILT_IN_SEGMENTS: readonly BuiltInSegment[] = [
  segment(
    'new_accounts',
    'New accounts',
    'Customer or on trial for at most 7 days.',
    all(isLive, any(inLastDays('account.customerSince', 7), inLastDays('account.trialSince', 7))),
  ),
  segment('onboarding', 'Onboarding', 'In the stage Onboarding.', all(isLive, field('stage', 'eq', 'onboarding')), {
    sort: [{ field: 'stage.since', direction: 'asc' }],
  }),
  segment(
    'renewal_90',
    'Renewal in 90 days',
    'The renewal is due within 90 days, or up to 60 days overdue; the earliest first.',
    all(
      isLive,
      any(
        { kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 },
        inLastDays('account.renewalDate', 60),
      ),
    ),
    {
      columns: [
        'account.arr',
        'health.score',
        'account.renewalDate',
        'account.primaryContact',
        'relationship.days_since_touch',
        'sentiment.nps',
        'account.csm',
      ],
      sort: [{ field: 'account.renewalDate', direction: 'asc' }],
    },
  ),
  segment(
    'expansion_potential',
    'Expansion potential',
    'In Adoption or later, seats nearly used up and usage rising; not at risk, no notice given, nothing long overdue, no such deal open.',
    all(
      isLive,
      field('stage', 'in', ['adoption', 'established', 'advocate']),
      field('usage.seat_utilization', 'gte', 90),
      any(field('usage.events_change', 'gte', 20), field('usage.active_contacts_change', 'gte', 20)),
      ...offersAreFit,
    ),
    { sort: largestFirst },
  ),
  segment('at_risk', 'At risk', 'The health band is at risk.', all(isLive, field('health.band', 'eq', 'at_risk')), {
    sort: largestFirst,
  }),
  segment(
    'falling_fast',
    'Falling fast',
    'The score fell by 20 points or more, or the band from healthy to at risk, within 30 days.',
    all(isLive, any(fellByPoints(20, 30), fellToRisk)),
    { sort: [{ field: 'health.change', direction: 'asc' }] },
  ),
  segment(
    'no_interaction_30',
    'No interaction for 30 days',
    'The last touchpoint is more than 30 days ago.',
    all(isLive, field('relationship.days_since_touch', 'gt', 30)),
    { sort: [{ field: 'relationship.days_since_touch', direction: 'desc' }] },
  ),
  segment(
    'churned_60',
    'Churned in 60 days',
    'Left within the last 60 days.',
    all(field('account.status', 'eq', 'churned'), inLastDays('account.churnedOn', 60)),
    { sort: [{ field: 'account.churnedOn', direction: 'desc' }] },
  ),
  segment(
    'unpaid_invoices',
    'Unpaid or failed invoices',
    'An invoice is past due, or a payment has failed and was not made since.',
    all(isLive, any(field('billing.days_overdue', 'gt', 0), field('billing.failed_payments', 'gt', 0))),
    { sort: [{ field: 'billing.overdue_amount', direction: 'desc' }] },
  ),
  segment(
    'am_review',
    'AM review',
    'At least two signs of growth: seats used up, more people, more features, a promoter.',
    all(
      isLive,
      {
        kind: 'atLeast',
        n: 2,
        rules: [
          field('usage.seat_utilization', 'gte', 95),
          all(field('usage.active_contacts_change', 'gte', 25), field('usage.active_contacts', 'gte', 5)),
          any(field('adoption.breadth_change', 'gte', 10), moreFeatures),
          field('sentiment.promoter', 'eq', true),
        ],
      },
      ...offersAreFit,
    ),
    {
      columns: [
        'account.arr',
        'health.score',
        'usage.seat_utilization',
        'usage.active_contacts_change',
        'adoption.breadth_change',
        'sentiment.promoter',
        'account.am',
      ],
      sort: largestFirst,
    },
  ),
  segment('vip', 'VIP', 'In the first tier.', all(isLive, field('tier', 'eq', 'T1')), { sort: largestFirst }),
  segment(
    'single_threaded',
    'Single-threaded',
    'In the first two tiers, with at most one contact active or touched within 90 days.',
    all(
      isLive,
      field('tier', 'in', ['T1', 'T2']),
      not({
        kind: 'related',
        of: 'contact',
        quantifier: 'atLeast',
        n: 2,
        rule: any(inLastDays('lastActive', 90), inLastDays('lastTouched', 90)),
      }),
    ),
    { sort: largestFirst },
  ),
  segment(
    'health_unknown',
    'Health unknown',
    'Too little data for a score; the largest ARR first.',
    all(isLive, field('health.band', 'eq', 'unknown')),
    { sort: largestFirst },
  ),
  segment(
    'no_owner',
    'No owner',
    'Neither a CSM nor an account manager.',
    all(isLive, not(isSet('account.csm')), not(isSet('account.am'))),
    { sort: largestFirst },
  ),
  segment(
    'new_contacts',
    'New contacts',
    'First seen within the last 7 days.',
    all(isLive, inLastDays('contact.firstSeen', 7)),
    { of: 'contact', sort: [{ field: 'contact.firstSeen', direction: 'desc' }] },
  ),
  segment(
    'active_contacts',
    'Active contacts',
    'Active within the last 28 days.',
    all(isLive, inLastDays('contact.lastActive', 28)),
    { of: 'contact', sort: [{ field: 'contact.lastActive', direction: 'desc' }] },
  ),
  segment(
    'inactive_contacts',
    'Inactive contacts',
    'Seen before, but not within the last 28 days.',
    all(isLive, isSet('contact.lastActive'), not(inLastDays('contact.lastActive', 28)), isNotSet('contact.leftOn')),
    { of: 'contact', sort: [{ field: 'contact.lastActive', direction: 'desc' }] },
  ),
];
