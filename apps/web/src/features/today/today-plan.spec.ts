import { ownerFilter, partsFor, scopeOf, showsGaps } from './today-plan.js';

it('shows a CSM falls first and an account manager chances first', () => {
  expect(partsFor('csm', 'mine')[0]).toBe('drops');
  expect(partsFor('am', 'mine')[0]).toBe('expansion');
});

it('shows those who lead whose book is whose, but not within their own', () => {
  expect(partsFor('manager', 'team')[0]).toBe('owners');
  expect(partsFor('manager', 'mine')).not.toContain('owners');
});

it('begins with the book of each role, and takes no word for it that the role has not', () => {
  expect(scopeOf(undefined, 'csm')).toBe('mine');
  expect(scopeOf(undefined, 'manager')).toBe('team');
  expect(scopeOf('mine', 'viewer')).toBe('all');
  expect(scopeOf('all', 'csm')).toBe('all');
});

it('shows where pulse and score disagree to those who give pulses and who lead them', () => {
  expect(['csm', 'manager', 'admin'].every((role) => showsGaps(role as 'csm'))).toBe(true);
  expect(showsGaps('am')).toBe(false);
});

it('leads to the same accounts in the list: one’s own, and those of whom one stands in for', () => {
  const carla = { userId: 'c-1', name: 'Carla Chen', toDay: '2026-12-05' };
  expect(ownerFilter('mine', { standsInFor: [] })).toEqual({ owner: 'me' });
  expect(ownerFilter('mine', { standsInFor: [carla] })).toEqual({ owner: 'me,c-1' });
  expect(ownerFilter('team', { standsInFor: [carla] })).toEqual({});
});
