import { changesBetween, changesOfNew } from './changes.js';

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
});
