import type { Day } from '../../domain/calendar/day.js';
import { PackedSubscriptions } from './packed-subscriptions.js';

it('gives back the subscriptions of each account as they came, open ends and currencies included', () => {
  const packed = new PackedSubscriptions();
  const own = (account: number) =>
    Array.from({ length: account % 4 }, (_, n) => ({
      start: (20_000 + n) as Day,
      end: n % 2 === 0 ? null : ((20_100 + account) as Day),
      mrrMinor: account * 1_000_000_000 + n,
      currency: [null, 'USD', 'EUR'][n % 3] ?? null,
    }));
  const accounts = Array.from({ length: 4_000 }, (_, account) => account);
  for (const account of accounts) for (const each of own(account)) packed.add(account, each);
  for (const account of accounts) expect(packed.of(account)).toEqual(account % 4 === 0 ? null : own(account));
});
