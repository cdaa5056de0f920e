import type { AlertKind, AlertSeverity } from '@steward/shared/alerts';
import type { Rule } from '@steward/shared/rules';
import { all, any, field, isNotSet, not } from '../rule-builders.js';
import type { AlertCondition } from './alert-rule.js';

export interface BuiltInAlertRule extends AlertCondition {
  key: string;
  kind: AlertKind;
  name: string;
  /** With merge fields such as {{health.score}}. */
  reason: string;
  severity: AlertSeverity;
  tierSeverity: Partial<Record<string, AlertSeverity>>;
  ownerRole: 'csm' | 'am';
  coolDownDays: number;
  skipInQuietPeriods: boolean;
  /** The ready-made playbook that its alerts offer. */
  playbookKey: string | null;
}

/** The visible, removable condition that alert rules begin with. */
const isLive = field('account.status', 'in', ['trial', 'customer']);
const isCustomer = field('account.status', 'eq', 'customer');
const TOP_TIERS = ['T1', 'T2'];
/** A quiet season is no collapse: accounts about as active as a year ago are left alone. */
const notSeasonal = any(isNotSet('usage.active_contacts_yoy'), field('usage.active_contacts_yoy', 'lt', -10));

const fellBy = (by: number, overDays: number): Rule => ({
  kind: 'change',
  field: 'health.score',
  direction: 'down',
  by,
  unit: 'points',
  overDays,
});
const inNextDays = (key: string, days: number): Rule => ({ kind: 'date', field: key, op: 'inNextDays', days });
const inLastDays = (key: string, days: number): Rule => ({ kind: 'date', field: key, op: 'inLastDays', days });
const moreThanDaysAgo = (key: string, days: number): Rule => ({
  kind: 'date',
  field: key,
  op: 'moreThanDaysAgo',
  days,
});

/** What speaks against offering more is not there; what nobody measures speaks against nothing. */
const offersAreFit: readonly Rule[] = [
  field('health.band', 'in', ['watch', 'healthy', 'unknown']),
  isNotSet('account.noticeGivenOn'),
  isNotSet('account.leavesOn'),
  any(isNotSet('billing.days_overdue'), field('billing.days_overdue', 'lte', 30)),
  {
    kind: 'related',
    of: 'deal',
    quantifier: 'none',
    rule: all(field('kind', 'eq', 'expansion'), field('state', 'eq', 'open')),
  },
];

/** The renewal, or the last day to give notice before it, is near, and the account is not known to be healthy. */
const renewsWithoutHealth = (days: number): Rule =>
  all(
    isLive,
    any(inNextDays('account.renewalDeadline', days), inNextDays('account.renewalDate', days)),
    any(field('health.score', 'lt', 71), field('health.band', 'eq', 'unknown')),
  );

const championHasLeft = all(field('relationship.champions_left', 'gte', 1), {
  kind: 'related',
  of: 'contact',
  quantifier: 'any',
  rule: all(field('role', 'eq', 'champion'), inLastDays('leftOn', 30)),
});

/** Each such answer once: it counts for as long as the rule's cool-down. */
const detractorHasAnswered: Rule = {
  kind: 'related',
  of: 'surveyAnswer',
  quantifier: 'any',
  rule: all(field('kind', 'eq', 'nps'), field('score', 'lte', 6), inLastDays('answeredOn', 14)),
};

const alertRule = (
  key: string,
  kind: AlertKind,
  name: string,
  reason: string,
  rule: Rule,
  severity: AlertSeverity,
  more: Partial<Pick<BuiltInAlertRule, 'tierSeverity' | 'tiers' | 'skipInQuietPeriods' | 'playbookKey'>> = {},
): BuiltInAlertRule => ({
  key,
  kind,
  name,
  reason,
  rule,
  clearRule: null,
  severity,
  tierSeverity: {},
  tiers: null,
  ownerRole: kind === 'expansion' ? 'am' : 'csm',
  coolDownDays: 14,
  skipInQuietPeriods: false,
  playbookKey: null,
  ...more,
});

const RENEWS =
  'Renews on {{account.renewalDate}}[[, with a notice period of {{account.noticeDays}}]]; health is {{health.band}}[[ at {{health.score}}]]';

const louderAbove: Partial<Record<string, AlertSeverity>> = { T1: 'high', T2: 'high' };

/** The alert rules that a new workspace starts with. Renewals that are overdue are watched as long as lists have them on top. */
export const BUILT_IN_ALERT_RULES: readonly BuiltInAlertRule[] = [
  alertRule(
    'churn_risk_top_tiers',
    'churn',
    'Churn risk, higher tiers',
    'Health is {{health.band}}[[ at {{health.score}}]]; [[changed by {{health.change}} points in 30 days]]; at risk, or down by 10 or more in 14 days',
    all(isLive, any(fellBy(10, 14), field('health.band', 'eq', 'at_risk'))),
    'high',
    { tiers: TOP_TIERS, tierSeverity: { T1: 'critical' }, playbookKey: 'save' },
  ),
  alertRule(
    'churn_risk',
    'churn',
    'Churn risk',
    'Health fell by 20 points or more in 30 days, to {{health.score}}',
    all(isLive, not(field('tier', 'in', TOP_TIERS)), fellBy(20, 30)),
    'medium',
    { playbookKey: 'save' },
  ),
  alertRule(
    'usage_collapse',
    'churn',
    'Usage collapse',
    'Active contacts changed by {{usage.active_contacts_change}}, to {{usage.active_contacts}}',
    all(isLive, field('usage.active_contacts_change', 'lte', -50), notSeasonal),
    'high',
    { skipInQuietPeriods: true, tierSeverity: { T1: 'critical' }, playbookKey: 'save' },
  ),
  alertRule(
    'silent_account',
    'churn',
    'Silent account',
    'Nobody has been active for {{usage.days_since_activity}}',
    all(isLive, field('usage.days_since_activity', 'gte', 14), notSeasonal),
    'medium',
    { skipInQuietPeriods: true, tierSeverity: louderAbove, playbookKey: 'save' },
  ),
  alertRule(
    'never_activated',
    'lifecycle',
    'Never activated',
    'A customer for {{commercial.tenure_days}}, and nobody has ever been active',
    all(
      isCustomer,
      field('commercial.tenure_days', 'gte', 14),
      field('source.usage.covered', 'eq', true),
      isNotSet('usage.days_since_activity'),
      field('usage.active_days', 'eq', 0),
    ),
    'medium',
    { tierSeverity: louderAbove, playbookKey: 'onboarding' },
  ),
  alertRule(
    'champion_gone',
    'churn',
    'Champion left or unseen',
    '[[Champions who have left: {{relationship.champions_left}}]]; [[a champion was last seen {{relationship.champion_days_since_seen}} ago]]',
    all(isLive, any(championHasLeft, field('relationship.champion_days_since_seen', 'gte', 30))),
    'medium',
    { tierSeverity: louderAbove, playbookKey: 'champion-left' },
  ),
  alertRule('renewal_90', 'renewal', 'Renewal in 90 days, not healthy', RENEWS, renewsWithoutHealth(90), 'medium', {
    tierSeverity: louderAbove,
    playbookKey: 'renewal',
  }),
  alertRule('renewal_30', 'renewal', 'Renewal in 30 days, not healthy', RENEWS, renewsWithoutHealth(30), 'high', {
    tierSeverity: { T1: 'critical', T2: 'critical' },
    playbookKey: 'renewal',
  }),
  alertRule(
    'renewal_overdue',
    'renewal',
    'Renewal overdue',
    'The renewal of {{account.renewalDate}} has passed without an outcome; it is watched for 60 days',
    all(isCustomer, moreThanDaysAgo('account.renewalDate', 0), inLastDays('account.renewalDate', 60)),
    'high',
    { playbookKey: 'renewal' },
  ),
  alertRule(
    'detractor',
    'churn',
    'Detractor',
    'An NPS answer of the last 14 days is 6 or less; [[NPS of the account is {{sentiment.nps}}]]',
    all(isLive, detractorHasAnswered),
    'medium',
    { tierSeverity: louderAbove, playbookKey: 'detractor' },
  ),
  alertRule(
    'payment',
    'billing',
    'Payment failed or overdue',
    '[[Failed payments: {{billing.failed_payments}}]]; [[{{billing.overdue_amount}} overdue for {{billing.days_overdue}}]]',
    all(isLive, any(field('billing.failed_payments', 'gte', 1), field('billing.days_overdue', 'gte', 15))),
    'medium',
  ),
  alertRule(
    'stuck_onboarding',
    'lifecycle',
    'Stuck in onboarding',
    'In Onboarding since {{stage.since}}, for more than 60 days',
    all(isCustomer, field('stage', 'eq', 'onboarding'), moreThanDaysAgo('stage.since', 60)),
    'medium',
    { tierSeverity: louderAbove, playbookKey: 'onboarding' },
  ),
  alertRule(
    'no_touch',
    'lifecycle',
    'No touch beyond cadence',
    // The days are counted even where there never was a touch: there was none for so long either way.
    'No touch for {{relationship.days_since_touch}}, {{relationship.touch_lag}} the cadence of its tier',
    all(isLive, field('relationship.touch_lag', 'gt', 1)),
    'low',
    { tierSeverity: { T1: 'medium', T2: 'medium' } },
  ),
  alertRule(
    'expansion_seats',
    'expansion',
    'Expansion: seats used up',
    '{{usage.seat_utilization}} of {{account.seats}} seats are in use',
    all(isLive, field('usage.seat_utilization', 'gte', 95), ...offersAreFit),
    'medium',
    { playbookKey: 'expansion' },
  ),
  alertRule(
    'expansion_surge',
    'expansion',
    'Expansion: usage surge',
    'Active contacts rose by {{usage.active_contacts_change}} to {{usage.active_contacts}}',
    all(
      isLive,
      field('usage.active_contacts_change', 'gte', 25),
      field('usage.active_contacts', 'gte', 5),
      ...offersAreFit,
    ),
    'medium',
    { playbookKey: 'expansion' },
  ),
  alertRule(
    'expansion_promoter',
    'expansion',
    'Expansion: promoter with high adoption',
    'A promoter, and {{usage.seat_utilization}} of the seats are in use; [[NPS of the account is {{sentiment.nps}}]]',
    all(isLive, field('sentiment.promoter', 'eq', true), field('usage.seat_utilization', 'gte', 70), ...offersAreFit),
    'low',
    { playbookKey: 'expansion' },
  ),
];
