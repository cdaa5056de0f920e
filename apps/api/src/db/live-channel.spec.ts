import { payloadsOf } from './live-channel.js';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, n) => id(n));

describe('what is announced', () => {
  it('fits what PostgreSQL takes in one message, and names every account', () => {
    const payloads = payloadsOf({ topic: 'accounts', ids: ids(600) });
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
    expect(payloads.flatMap((payload) => JSON.parse(payload).ids)).toEqual(ids(600));
  });

  it('says "many" instead of naming more', () => {
    expect(payloadsOf({ topic: 'alerts', ids: ids(601) })).toEqual(['{"topic":"alerts","ids":null}']);
  });

  it('names each person whom news concern, however many they are', () => {
    const payloads = payloadsOf({ topic: 'notifications', userIds: ids(1_000) });
    expect(payloads.flatMap((payload) => JSON.parse(payload).userIds)).toHaveLength(1_000);
  });

  it('is nothing where no account is concerned', () => {
    expect(payloadsOf({ topic: 'accounts', ids: [] })).toEqual([]);
  });
});
