import { filtersSet, openOf, questionOfSearch, scopesOf } from './task-filters.js';

const A = '9a26583e-fc5c-5570-8978-453509d5a110';
const T = '01a26583-fc5c-7570-8978-453509d5a110';

it('begins with one’s own tasks, for a manager with the team’s, and for those who look on with all', () => {
  expect(questionOfSearch({}, 'csm').scope).toBe('mine');
  expect(questionOfSearch({}, 'manager').scope).toBe('team');
  expect(questionOfSearch({}, 'viewer').scope).toBe('all');
  expect(scopesOf('csm')).not.toContain('team');
});

it('shows open ones with those that rest, or ended ones', () => {
  expect(questionOfSearch({}, 'csm')).toMatchObject({ state: undefined, snoozed: true });
  expect(questionOfSearch({ show: 'ended' }, 'csm').state).toBe('done,skipped,cancelled');
});

it('takes nothing that the server would refuse', () => {
  const question = questionOfSearch({ scope: 'everything', who: 'ana', from: '-1' }, 'admin');
  expect(question).toMatchObject({ scope: 'mine', assigneeUserId: undefined, offset: 0 });
});

it('asks for a person’s tasks where they can be of several', () => {
  expect(filtersSet(questionOfSearch({ scope: 'all', who: A, text: 'plan' }, 'admin'))).toBe(2);
  expect(questionOfSearch({ scope: 'mine', who: A }, 'admin').assigneeUserId).toBeUndefined();
});

it('opens the task that the address names whole', () => {
  expect(openOf(`${A}~${T}`)).toEqual({ accountId: A, id: T });
  expect(openOf(A)).toBeNull();
});
