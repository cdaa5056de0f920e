import { filtersSet, openOf, questionOfSearch } from './inbox-filters.js';

it('shows a CSM their own alerts, a manager the team’s and an admin all, unless the address says otherwise', () => {
  expect(questionOfSearch({}, 'csm').scope).toBe('mine');
  expect(questionOfSearch({}, 'manager').scope).toBe('team');
  expect(questionOfSearch({}, 'admin').scope).toBe('all');
  expect(questionOfSearch({ scope: 'mine' }, 'admin').scope).toBe('mine');
});

it('leaves out what an address names wrongly', () => {
  const question = questionOfSearch({ scope: 'yours', kind: 'churn,weather', severity: 'loud', from: '-3' }, 'am');
  expect(question).toMatchObject({ scope: 'mine', kind: 'churn', severity: undefined, offset: 0 });
});

it('counts filters, but not whose alerts they are', () => {
  expect(filtersSet(questionOfSearch({ scope: 'all' }, 'csm'))).toBe(0);
  expect(filtersSet(questionOfSearch({ kind: 'churn', text: 'acme' }, 'csm'))).toBe(2);
});

it('reads which alert stands open, and nothing from half an address', () => {
  expect(openOf('a1~b2')).toEqual({ accountId: 'a1', id: 'b2' });
  expect(openOf('a1')).toBeNull();
});
