import { type AccountFilters, filtersFromSearch, isFiltered, NO_FILTERS, searchFromFilters } from './filters.js';

const everything: AccountFilters = {
  text: 'acme',
  bands: ['at_risk', 'unknown'],
  tiers: ['T1', 'T2'],
  stages: ['onboarding'],
  statuses: ['customer'],
  owners: ['me', 'none'],
  arrFrom: 5000,
  arrTo: null,
  renewal: 90,
  more: [{ kind: 'compare', field: 'usage.active_contacts', op: 'lt', value: 5 }],
  parts: [],
};

it('the address carries every filter', () => {
  expect(searchFromFilters(everything)).toEqual({
    text: 'acme',
    band: 'at_risk,unknown',
    tier: 'T1,T2',
    stage: 'onboarding',
    status: 'customer',
    owner: 'me,none',
    arr: '5000..',
    renewal: '90',
    more: 'usage.active_contacts~lt~5',
  });
});

it('and gives the same filters back', () => {
  expect(filtersFromSearch(searchFromFilters(everything))).toEqual(everything);
  expect(filtersFromSearch(searchFromFilters({ ...everything, renewal: 'overdue', arrFrom: null, arrTo: 9 }))).toEqual({
    ...everything,
    renewal: 'overdue',
    arrFrom: null,
    arrTo: 9,
  });
});

it('what a figure of a report asks stays in the address; what nobody could have asked is left out', () => {
  const worse = {
    kind: 'bands' as const,
    fromDay: '2026-10-31',
    toDay: '2026-11-22',
    from: 'healthy' as const,
    to: 'at_risk' as const,
  };
  const search = searchFromFilters({ ...NO_FILTERS, parts: [worse] });
  expect(filtersFromSearch(search).parts).toEqual([worse]);
  expect(isFiltered({ ...NO_FILTERS, parts: [worse] })).toBe(true);
  expect(filtersFromSearch({ parts: '[{"kind":"sql"}]' }).parts).toEqual([]);
});

it('no filter leaves no trace in the address', () => {
  expect(Object.values(searchFromFilters(NO_FILTERS)).filter((value) => value !== undefined)).toEqual([]);
  expect(isFiltered(NO_FILTERS)).toBe(false);
  expect(isFiltered({ ...NO_FILTERS, owners: ['none'] })).toBe(true);
});

it('a broken address is read as far as it makes sense', () => {
  const filters = filtersFromSearch({
    band: 'purple,watch',
    status: 'x',
    arr: 'lots..10',
    renewal: 'soon',
    more: '~~',
  });
  expect(filters).toEqual({ ...NO_FILTERS, bands: ['watch'], arrTo: 10 });
});
