import { parseSearchText, pick, searchTextOf } from './search-text.js';

it('keeps lists, days and sorts readable in the address', () => {
  expect(searchTextOf({ tier: 'T1,T2', asOf: '2026-04-15', sort: 'health.score:asc' })).toBe(
    '?tier=T1,T2&asOf=2026-04-15&sort=health.score:asc',
  );
});

it('leaves out what is not set', () => {
  expect(searchTextOf({ tier: undefined, text: '', peek: null })).toBe('');
});

it('gives back what was put in, whatever it holds', () => {
  const search = { text: 'A&B = 50 % #1 + é;~', more: "account.name~eq~'x" };
  expect(parseSearchText(searchTextOf(search))).toEqual(search);
});

it('takes only the keys of the page', () => {
  expect(pick({ tab: 'facts', other: 'x', list: '' }, ['tab', 'list'])).toEqual({ tab: 'facts' });
});
