import { accountsBehind, revenueBehind } from '@steward/shared/report-filters';
import type { Rule } from '@steward/shared/rules';
import { doorOf, hrefOf } from './door.js';

const SEGMENT = '8f3c1b5e-0d2a-4c6f-9b1e-2a7d4c5e6f70';
const accounts = (rule: Rule, asOf: string | null = null) => doorOf({ kind: 'accounts', rule, asOf });

it('what the account list has a filter for is set there, all else stands as a rule', () => {
  const place = { filters: { segment: SEGMENT }, day: '2026-10-31', live: false, tier: 'T1' };
  const door = doorOf(accountsBehind(place, { kind: 'band', band: 'at_risk' }));
  expect(door?.search).toEqual({
    status: 'trial,customer',
    tier: 'T1',
    band: 'at_risk',
    more: `segment~hasNow~${SEGMENT}`,
    parts: undefined,
    asOf: '2026-10-31',
  });
});

it('a second condition on the same field stays a rule, so that both hold', () => {
  const tier = (value: string): Rule => ({ kind: 'compare', field: 'tier', op: 'eq', value });
  expect(accounts({ kind: 'all', rules: [tier('T1'), tier('T2')] })?.search).toMatchObject({
    tier: 'T1',
    more: "tier~eq~'T2",
  });
});

it('any of several conditions is one rule', () => {
  const any: Rule = { kind: 'any', rules: [{ kind: 'compare', field: 'tier', op: 'isNotSet' }] };
  expect(accounts(any)?.search.more).toBe('any(tier~isNotSet)');
});

it('a figure of today leads to today, whatever day the page is as of', () => {
  const door = accounts({ kind: 'compare', field: 'tier', op: 'eq', value: 'T1' });
  expect(door && 'asOf' in door.search).toBe(true);
  expect(door && hrefOf(door)).toBe('/accounts?tier=T1');
});

it('a figure of revenue leads to the list of revenue', () => {
  const behind = revenueBehind({ tier: ['T1', 'T2'] }, { month: '2026-10', span: 'year', part: 'lost' });
  const door = doorOf(behind);
  expect(door && hrefOf(door)).toBe('/portfolio/revenue?tier=T1,T2&month=2026-10&span=year&part=lost');
  expect(doorOf(null)).toBeNull();
});
