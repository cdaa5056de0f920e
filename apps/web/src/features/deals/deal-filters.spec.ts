import { boardQuestion, filtersSet, listQuestion, openOf, showOf } from './deal-filters.js';

it('shows each role the deals that it comes for, unless the address says otherwise', () => {
  expect(boardQuestion({}, 'am').scope).toBe('mine');
  expect(boardQuestion({}, 'manager').scope).toBe('team');
  expect(boardQuestion({ scope: 'all' }, 'am').scope).toBe('all');
});

it('leaves out what an address names wrongly', () => {
  expect(boardQuestion({ scope: 'theirs', kind: 'gift,renewal', owner: 'me' }, 'admin')).toEqual({
    scope: 'all',
    kind: 'renewal',
    owner: undefined,
    text: undefined,
  });
  expect(showOf({ show: 'calendar' })).toBe('board');
  expect(listQuestion({ show: 'list', from: 'soon', page: '-3' }, 'admin')).toMatchObject({
    closeFrom: undefined,
    offset: 0,
  });
});

it('asks for won deals that the subscriptions have not followed', () => {
  expect(listQuestion({ show: 'unbilled' }, 'admin')).toMatchObject({ state: 'won', billed: 'no' });
});

it('counts the filters that could be cleared', () => {
  expect(filtersSet(listQuestion({ show: 'list', kind: 'renewal', text: 'harbor' }, 'admin'))).toBe(2);
  expect(filtersSet(listQuestion({ show: 'list', scope: 'all' }, 'am'))).toBe(0);
});

it('opens a deal whose id holds the sign that parts it from its account', () => {
  expect(openOf('a1~opp~7')).toEqual({ accountId: 'a1', id: 'opp~7' });
  expect(openOf('a1~')).toBeNull();
  expect(openOf(undefined)).toBeNull();
});
