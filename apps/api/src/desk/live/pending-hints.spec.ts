import { PendingHints } from './pending-hints.js';

const seesAll = () => true;

describe('hints that wait to be sent', () => {
  it('name each account once, however often it was announced', () => {
    const hints = new PendingHints();
    hints.add({ topic: 'accounts', ids: ['a', 'b'] });
    hints.add({ topic: 'accounts', ids: ['b', 'c'] });
    expect(hints.hintsFor('ana', seesAll)).toEqual([{ topic: 'accounts', ids: ['a', 'b', 'c'] }]);
  });

  it('name only what the reader may see, and are not sent where that is nothing', () => {
    const hints = new PendingHints();
    hints.add({ topic: 'accounts', ids: ['a', 'b'] });
    hints.add({ topic: 'alerts', ids: ['b'] });
    expect(hints.hintsFor('ana', (id) => id === 'a')).toEqual([{ topic: 'accounts', ids: ['a'] }]);
  });

  it('say "many" once a run announced more than it named, whatever else comes', () => {
    const hints = new PendingHints();
    hints.add({ topic: 'accounts', ids: null });
    hints.add({ topic: 'accounts', ids: ['a'] });
    expect(hints.hintsFor('ana', () => false)).toEqual([{ topic: 'accounts', ids: null }]);
  });

  it('tell of notifications only the person whose they are', () => {
    const hints = new PendingHints();
    hints.add({ topic: 'notifications', userIds: ['ana'] });
    expect(hints.hintsFor('ana', seesAll)).toEqual([{ topic: 'notifications', ids: null }]);
    expect(hints.hintsFor('bo', seesAll)).toEqual([]);
  });
});
