import type { Rule } from '@steward/shared/rules';
import { filtersOfRule } from './filter-rule.js';
import { addressOf, type KeptView, sameState, stateInAddress, stateOfSegment, stateOfView } from './list-state.js';

const risky: Rule = { kind: 'compare', field: 'health.band', op: 'in', value: ['at_risk'] };
const aView = (some: Partial<KeptView> = {}): KeptView => ({
  rule: { kind: 'all', rules: [risky] },
  text: '',
  columns: ['account.name', 'account.arr'],
  sort: [{ field: 'health.score', direction: 'asc' }],
  ...some,
});
const tab = { view: 'v1' };
const kept = stateOfView(aView());

it('a view that is opened shows what it keeps, and its address is its own', () => {
  expect(kept).toEqual({ band: 'at_risk', sort: 'health.score:asc', columns: 'account.name,account.arr' });
  expect(stateInAddress(tab, kept)).toEqual(kept);
  expect(addressOf(tab, kept, kept)).toEqual(tab);
});

it('what differs stands in the address beside the view: a sent link shows the same', () => {
  const changed = { ...kept, band: 'at_risk,watch' };
  const address = addressOf(tab, changed, kept);
  expect(address).toEqual({ view: 'v1', edited: '1', ...changed });
  expect(stateInAddress(address, kept)).toEqual(changed);
});

it('a view whose filters are all taken away is not the view again', () => {
  const address = addressOf(tab, {}, kept);
  expect(stateInAddress(address, kept)).toEqual({});
  expect(sameState(stateInAddress(address, kept), kept)).toBe(false);
});

it('going back to what the view keeps leaves the view alone in the address', () => {
  expect(addressOf(tab, stateInAddress({ ...tab, edited: '1', ...kept }, kept), kept)).toEqual(tab);
});

it('the usual sort leaves no trace, and no rule is every account', () => {
  const sort = [{ field: 'account.arr', direction: 'desc' as const }];
  expect(stateOfView(aView({ rule: null, columns: null, sort }))).toEqual({});
  expect(stateOfView(aView({ rule: null, columns: null, sort: [], text: 'acme' }))).toEqual({ text: 'acme' });
});

it('a segment opens as the condition to be in it', () => {
  const id = '0d7f0b0e-8d3a-5c55-9b0f-52f1d6f6f2a4';
  expect(stateOfSegment({ id, columns: null, sort: null })).toEqual({ more: `segment~has~${id}` });
  expect(filtersOfRule({ kind: 'member', segment: id, is: true }).more).toHaveLength(1);
});

it('without a tab the address is the filters alone', () => {
  expect(addressOf({}, { tier: 'T1', band: undefined }, {})).toEqual({ tier: 'T1' });
});
