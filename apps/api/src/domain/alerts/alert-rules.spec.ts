import { filledReason, mergeFieldsIn } from '@steward/shared/alert-reason';
import type { FieldStage } from '@steward/shared/catalogue';
import type { Rule } from '@steward/shared/rules';
import { ruleSchema } from '@steward/shared/rules';
import { all, any, field, isNotSet, isSet, not } from '../rule-builders.js';
import { fallOf, firingRule, questionsOf } from './alert-rule.js';
import { BUILT_IN_ALERT_RULES } from './built-in.js';
import { clearsOn } from './clearing.js';
import { isHalfRegained, valueBefore } from './loss.js';
import { isWorse, severityFor } from './severity.js';
import { isStorm, scopeOfCalm } from './storm.js';
import { couldHold, surelyHolds } from './unknown.js';

const stageOf = (key: string): FieldStage => {
  if (key.startsWith('usage.') || key.startsWith('billing.')) return 'signals';
  return key.startsWith('health.') ? 'health' : 'facts';
};
const active = 'usage.active_contacts';

describe('what is not known', () => {
  it('could hold, and does not surely hold', () => {
    const rule = field(active, 'gte', 5);
    expect(surelyHolds(rule, stageOf)).toEqual(rule);
    expect(couldHold(rule, stageOf)).toEqual(any(rule, not(not(isNotSet(active)))));
  });

  it('turns round under a negation', () => {
    const rule = field(active, 'gte', 5);
    expect(surelyHolds(not(rule), stageOf)).toEqual(not(couldHold(rule, stageOf)));
    expect(couldHold(not(rule), stageOf)).toEqual(not(rule));
  });

  it('is a band unknown, except where a condition asks for just that', () => {
    const unknown = field('health.band', 'in', ['watch', 'unknown']);
    expect(couldHold(unknown, stageOf)).toEqual(unknown);
    const atRisk = field('health.band', 'eq', 'at_risk');
    const known = all(isSet('health.band'), not(field('health.band', 'eq', 'unknown')));
    expect(couldHold(atRisk, stageOf)).toEqual(any(atRisk, not(known)));
  });

  it('is nothing of an account’s own facts', () => {
    const rule = not(field('account.industry', 'eq', 'Retail'));
    expect(surelyHolds(rule, stageOf)).toEqual(rule);
  });
});

describe('alert rules', () => {
  const fell: Rule = { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 };

  it('apply within their tiers', () => {
    const rule = field('account.arr', 'gt', 0);
    expect(firingRule({ rule, tiers: null }, stageOf)).toEqual(rule);
    expect(firingRule({ rule, tiers: ['T1'] }, stageOf)).toEqual(all(field('tier', 'in', ['T1']), rule));
  });

  it('find falls in changes over time and in signals of change', () => {
    expect(questionsOf({ rule: fell, clearRule: null, tiers: null }, stageOf).hasFall).toBe(true);
    expect(fallOf({ kind: 'compare', field: 'usage.active_contacts_change', op: 'lte', value: -50 })).toEqual({
      kind: 'signal',
      change: 'usage.active_contacts_change',
      field: 'usage.active_contacts',
    });
    expect(fallOf({ kind: 'compare', field: 'usage.active_contacts_change', op: 'gte', value: 25 })).toBeNull();
  });

  it('hold with every condition that nothing but “all of” stands above', () => {
    const leaf = (place: number) => field('account.arr', 'gt', place);
    const rule = all(leaf(0), any(leaf(1), all(leaf(2))), not(leaf(3)), all(leaf(4)));
    const { leaves, isImplied } = questionsOf({ rule, clearRule: null, tiers: ['T1'] }, stageOf);
    expect(leaves).toEqual([0, 1, 2, 3, 4].map(leaf));
    expect(isImplied).toEqual([true, false, false, false, true]);
  });

  it('that come with the product can be read, and name fields in their reasons only as the language spells them', () => {
    expect(new Set(BUILT_IN_ALERT_RULES.map(({ key }) => key)).size).toBe(BUILT_IN_ALERT_RULES.length);
    for (const { rule, reason } of BUILT_IN_ALERT_RULES) {
      expect(ruleSchema.parse(rule)).toEqual(rule);
      expect((reason.match(/\{\{/g) ?? []).length).toBe(mergeFieldsIn(reason).length);
    }
  });

  it('bump the severity by tier', () => {
    const rule = { severity: 'medium', tierSeverity: { T1: 'critical' } } as const;
    expect(severityFor(rule, 'T1')).toBe('critical');
    expect(severityFor(rule, 'T3')).toBe('medium');
    expect(severityFor(rule, 'toString')).toBe('medium');
    expect(isWorse('critical', 'high')).toBe(true);
  });

  it('fill in their reason', () => {
    const values: Record<string, { value: unknown; type: 'money' | 'percent' | 'number'; unit: string | null }> = {
      'account.arr': { value: 12_500, type: 'money', unit: 'USD' },
      'usage.seat_utilization': { value: 96.04, type: 'percent', unit: '%' },
      'usage.days_since_activity': { value: 1, type: 'number', unit: 'days' },
      'sentiment.nps': { value: null, type: 'number', unit: null },
    };
    const read = (key: string) => {
      const found = values[key];
      return found && { value: found.value, field: { type: found.type, unit: found.unit, options: null } };
    };
    const template =
      '{{account.arr}}, {{usage.seat_utilization}}, {{ usage.days_since_activity }}, {{sentiment.nps}}, {{gone}}';
    expect(filledReason(template, read)).toBe('12,500 USD, 96 %, 1 day, unknown, unknown');
  });

  it('speak of no last touch where there may never have been one', () => {
    const noTouch = BUILT_IN_ALERT_RULES.find(({ key }) => key === 'no_touch');
    const values: Record<string, { value: number; unit: string }> = {
      'relationship.days_since_touch': { value: 140, unit: 'days' },
      'relationship.touch_lag': { value: 1.56, unit: 'times' },
    };
    const reason = filledReason(noTouch?.reason ?? '', (key) => {
      const found = values[key];
      return found && { value: found.value, field: { type: 'number', unit: found.unit, options: null } };
    });
    expect(reason).toBe('No touch for 140 days, 1.6 × the cadence of its tier');
  });
});

describe('clearing', () => {
  const facts = {
    own: null,
    could: false,
    withoutFall: false,
    withFall: true,
    loss: { field: 'health.score', before: 60, at: 40 },
    lowest: 36,
    now: 47,
    band: 'watch',
  };

  it('takes the rule’s own clear rule first, else that the rule surely does not hold', () => {
    expect(clearsOn({ ...facts, own: true })).toBe(true);
    expect(clearsOn({ ...facts, loss: null })).toBe(true);
    expect(clearsOn({ ...facts, loss: null, could: true })).toBe(false);
  });

  it('wants half of a fall back, from the lowest that is known, or a healthy band', () => {
    expect(clearsOn(facts)).toBe(false);
    expect(clearsOn({ ...facts, now: 48 })).toBe(true);
    expect(clearsOn({ ...facts, band: 'healthy' })).toBe(true);
    expect(clearsOn({ ...facts, now: 55, withoutFall: true })).toBe(false);
    expect(clearsOn({ ...facts, withFall: false })).toBe(true);
    expect(isHalfRegained(facts.loss, null, null)).toBe(false);
  });

  it('tells the value before a change', () => {
    expect(valueBefore(5, -50, 'percent')).toBe(10);
    expect(valueBefore(20, -10, 'points')).toBe(30);
    expect(valueBefore(0, -100, 'percent')).toBeNull();
  });
});

describe('a storm', () => {
  it('is more than a fifth of the accounts in scope, and at least twenty', () => {
    expect(isStorm(20, 99)).toBe(true);
    expect(isStorm(20, 100)).toBe(false);
    expect(isStorm(19, 19)).toBe(false);
  });

  it('is known of as much of the scope as would make it none', () => {
    for (let newlyFired = 20; newlyFired <= 2_000; newlyFired += 1) {
      const calm = scopeOfCalm(newlyFired);
      expect(isStorm(newlyFired, calm)).toBe(false);
      expect(isStorm(newlyFired, calm - 1)).toBe(true);
    }
  });
});
