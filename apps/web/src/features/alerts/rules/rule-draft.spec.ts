import type { AlertRuleDetail } from '@steward/shared/alert-rules';
import { ApiError } from '../../../lib/api.js';
import { definitionOf, draftOf, errorsWithin, HEALTHY_AGAIN, missingIn, refusalOf } from './rule-draft.js';

const draft = { ...draftOf(null), name: 'Seats are full', reason: '{{account.seats}} seats' };

describe('a rule being written', () => {
  it('is sent with what is usual where nothing else was said', () => {
    expect(definitionOf(draft)).toMatchObject({ clearRule: null, tiers: null, coolDownDays: 14, enabled: true });
  });

  it('is not sent while a name, a reason, a condition or the cool-down is missing', () => {
    expect(definitionOf({ ...draft, name: '  ' })).toBeNull();
    expect(definitionOf({ ...draft, rule: null })).toBeNull();
    expect(definitionOf({ ...draft, clearRule: null })).toBeNull();
    expect(definitionOf({ ...draft, clearRule: HEALTHY_AGAIN })?.clearRule).toEqual(HEALTHY_AGAIN);
    expect(missingIn({ ...draft, reason: '', coolDownDays: null })).toEqual({
      reason: 'Say why the alert is raised',
      coolDownDays: 'Enter a number of days',
    });
  });

  it('sends back what a rule says and nothing that is kept beside it', () => {
    const stored = {
      ...definitionOf(draft),
      id: '1',
      revision: 4,
      hold: null,
      versions: [],
    } as unknown as AlertRuleDetail;
    expect(definitionOf(draftOf(stored))).toEqual(definitionOf(draft));
  });
});

describe('a refusal', () => {
  const error = new ApiError(400, 'RULE_NOT_VALID', 'no', [
    { path: 'clearRule.rules.0.value', message: 'is no number' },
    { path: 'reason', message: 'there is no field gone' },
    { path: 'rule', message: 'is too deep' },
  ]);

  it('is shown beside the field that it is about', () => {
    expect(refusalOf(error, 'reason')).toBe('there is no field gone');
    expect(refusalOf(error, 'name')).toBeUndefined();
  });

  it('is shown at its place within a condition', () => {
    expect(errorsWithin(error, 'clearRule')).toEqual([{ path: 'rules.0.value', message: 'is no number' }]);
    expect(errorsWithin(error, 'rule')).toEqual([{ path: '', message: 'is too deep' }]);
  });
});
