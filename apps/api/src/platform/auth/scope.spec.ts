import { scopePredicate } from '../../db/scope-sql.js';
import { Scope, type ScopedPerson, scopeCovers, scopeOf, scopeOfKey } from './scope.js';

const aPerson = (overrides: Partial<ScopedPerson> = {}): ScopedPerson => ({
  id: 'ana',
  role: 'csm',
  teamIds: [],
  standsInForIds: [],
  ...overrides,
});
const closed = { everyoneSeesAll: false };

describe('whose accounts a person sees', () => {
  it.each(['csm', 'am'] as const)('a %s sees their own book and accounts without an owner', (role) => {
    expect(scopeOf(aPerson({ role }), closed)).toEqual({ kind: 'book', ownerIds: ['ana'], includeUnowned: true });
  });

  it('a CSM who has a team by mistake does not see its books', () => {
    expect(scopeOf(aPerson({ teamIds: ['bo'] }), closed)).toMatchObject({ ownerIds: ['ana'] });
  });

  it('a manager sees the books of the team, and their own', () => {
    const manager = aPerson({ role: 'manager', teamIds: ['bo', 'cy'] });
    expect(scopeOf(manager, closed)).toMatchObject({ kind: 'book', ownerIds: ['ana', 'bo', 'cy'] });
  });

  it.each(['csm', 'am', 'manager'] as const)('a %s sees the books of those they stand in for', (role) => {
    expect(scopeOf(aPerson({ role, standsInForIds: ['dee'] }), closed)).toMatchObject({ ownerIds: ['ana', 'dee'] });
  });

  it.each(['admin', 'viewer'] as const)('an %s sees everything', (role) => {
    expect(scopeOf(aPerson({ role }), closed).kind).toBe('all');
  });

  it.each(['manager', 'csm', 'am'] as const)('a %s sees everything in a workspace that is open to all', (role) => {
    expect(scopeOf(aPerson({ role }), { everyoneSeesAll: true }).kind).toBe('all');
  });

  it('a key sees what a viewer sees if it may read accounts, and else nothing', () => {
    expect(scopeOfKey(['facts:write', 'accounts:read']).kind).toBe('all');
    expect(scopeOfKey(['facts:write', 'imports:write'])).toEqual({ kind: 'book', ownerIds: [], includeUnowned: false });
  });
});

describe('the scope over an account that is at hand', () => {
  const ana = scopeOf(aPerson({ id: 'ana', standsInForIds: ['bo'] }), closed);

  it('covers what the person or those they stand in for own, as either owner', () => {
    expect(scopeCovers(ana, { csmUserId: 'ana', amUserId: 'cy' })).toBe(true);
    expect(scopeCovers(ana, { csmUserId: 'cy', amUserId: 'bo' })).toBe(true);
    expect(scopeCovers(ana, { csmUserId: 'cy', amUserId: null })).toBe(false);
  });

  it('covers what nobody owns for people, and not for keys that read no accounts', () => {
    expect(scopeCovers(ana, { csmUserId: null, amUserId: null })).toBe(true);
    expect(scopeCovers(scopeOfKey([]), { csmUserId: null, amUserId: null })).toBe(false);
  });
});

describe('the scope in SQL', () => {
  const compiled = (scope: Scope) => {
    const values: unknown[] = [];
    const sql = scopePredicate(scope, (value) => `$${values.push(value)}`);
    return { sql, values };
  };

  it('carries owners as a parameter, never as text', () => {
    const { sql, values } = compiled(scopeOf(aPerson({ id: "x' OR true --" }), closed));
    expect(sql).not.toContain("x'");
    expect(values).toEqual([["x' OR true --"]]);
  });

  it('leaves out accounts without an owner where they are not to be seen', () => {
    expect(compiled(scopeOfKey([])).sql).not.toContain('IS NULL');
    expect(compiled(scopeOf(aPerson(), closed)).sql).toContain('IS NULL');
  });

  it('is no condition for who sees everything', () => {
    expect(compiled(Scope.system('test'))).toEqual({ sql: 'TRUE', values: [] });
  });
});
