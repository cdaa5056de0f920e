import { changesBetween, changesOfNew, changesToTell, removalToTell } from './changes.js';

describe('the changes of an audit entry', () => {
  it('are what differs, with what it was', () => {
    const before = { name: 'Ana', role: 'csm', tags: ['a'], revision: 3 };
    expect(changesBetween(before, { name: 'Ana', role: 'am', tags: ['a', 'b'] })).toEqual({
      role: { from: 'csm', to: 'am' },
      tags: { from: ['a'], to: ['a', 'b'] },
    });
  });

  it('leave out what was not given, and tell clearing from leaving', () => {
    const before = { managerId: 'bo', fullName: 'Ana' };
    expect(changesBetween(before, { managerId: null, fullName: undefined })).toEqual({
      managerId: { from: 'bo', to: null },
    });
  });

  it('of something new are all that it has', () => {
    expect(changesOfNew({ name: 'Key', expiresAt: null })).toEqual({ name: { from: null, to: 'Key' } });
  });

  it('tell of what is private no more than that it is, and all of it once it is shared', () => {
    const mine = { name: 'Mine', visibility: 'private' as const, text: 'a' };
    const ours = { ...mine, visibility: 'shared' as const };
    const became = (from: unknown, to: unknown) => ({ from, to });
    expect(changesToTell(null, mine)).toEqual({ visibility: became(null, 'private') });
    expect(changesToTell(mine, { name: 'Still mine' })).toEqual({});
    expect(changesToTell(mine, { visibility: 'shared' })).toEqual({
      name: became(null, 'Mine'),
      visibility: became('private', 'shared'),
    });
    expect(changesToTell(ours, { name: 'Ours' })).toEqual({ name: became('Mine', 'Ours') });
    expect(changesToTell(ours, { name: 'Mine again', visibility: 'private' })).toEqual({
      visibility: became('shared', 'private'),
    });
    expect([removalToTell(mine), removalToTell(ours)]).toEqual([{}, { name: became('Mine', null) }]);
  });
});
