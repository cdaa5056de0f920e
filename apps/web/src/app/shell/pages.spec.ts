import { searchOf } from './pages.js';

const page = (to: '/tiers' | '/portfolio' | '/accounts', filters?: true) => ({ to, under: to, filters }) as never;
const SEARCH = { tier: 'T1', from: '2026-01', region: 'EMEA', asOf: '2026-04-30', tab: 'churn', sort: 'arr' };
const FILTERS = { tier: 'T1', from: '2026-01', region: 'EMEA', asOf: '2026-04-30' };

it('takes the filters along from one managers’ page to the next, and what is a page’s own stays behind', () => {
  expect(searchOf(page('/portfolio', true), '/tiers', SEARCH)).toEqual(FILTERS);
  expect(searchOf(page('/tiers', true), '/portfolio', SEARCH)).toEqual(FILTERS);
  expect(searchOf(page('/tiers', true), '/lifecycle/definitions', SEARCH)).toEqual(FILTERS);
});

it('takes nothing to other pages, nor from those whose filters mean something else', () => {
  expect(searchOf(page('/accounts'), '/tiers', SEARCH)).toEqual({});
  expect(searchOf(page('/tiers', true), '/accounts', SEARCH)).toEqual({});
});
