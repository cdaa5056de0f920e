import { filtersSet, openOf, openText, questionOfSearch } from './goal-filters.js';

const ACCOUNT = '3f1c2f34-0000-5000-8000-00000000000a';
const GOAL = '3f1c2f34-0000-5000-8000-00000000000b';

it('asks for whose goals the role comes for', () => {
  expect(questionOfSearch({}, 'csm').scope).toBe('mine');
  expect(questionOfSearch({}, 'manager').scope).toBe('team');
  expect(questionOfSearch({}, 'admin').scope).toBe('all');
  expect(questionOfSearch({ scope: 'all' }, 'csm').scope).toBe('all');
});

it('leaves out what an address names wrongly', () => {
  const question = questionOfSearch(
    { kind: 'renewal,nonsense', playbook: 'nonsense', owner: GOAL, scope: 'no' },
    'csm',
  );
  expect(question).toMatchObject({ scope: 'mine', kind: 'renewal', playbookId: undefined, ownerUserId: GOAL });
});

it('counts the filters beyond whose goals they are', () => {
  expect(filtersSet({ scope: 'all', goal: 'x' })).toBe(0);
  expect(filtersSet({ scope: 'all', kind: 'renewal', text: 'harbor' })).toBe(2);
});

it('finds the goal that stands open, and none in an address that was cut off', () => {
  expect(openOf(openText({ accountId: ACCOUNT, id: GOAL }))).toEqual({ accountId: ACCOUNT, id: GOAL });
  expect(openOf(`${ACCOUNT}.3f1c`)).toBeNull();
  expect(openOf(undefined)).toBeNull();
});
