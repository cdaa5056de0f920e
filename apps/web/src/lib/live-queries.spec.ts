import type { QueryClient } from '@tanstack/react-query';
import { pauseBefore } from './live.js';
import { queriesFollow } from './live-queries.js';

let asked: string[];
let now = 0;

beforeEach(() => {
  asked = [];
  now = 0;
  jest.useFakeTimers();
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const follower = () =>
  queriesFollow({
    invalidateQueries: async ({ queryKey }: { queryKey: string[] }) => void asked.push(queryKey.join(' ')),
  } as unknown as QueryClient);

function pass(ms: number): void {
  now += ms;
  jest.advanceTimersByTime(ms);
}

describe('what is on screen', () => {
  it('asks again for the open account at once', () => {
    follower()({ topic: 'accounts', ids: ['a1'] });
    expect(asked).toEqual(['account a1']);
  });

  it('asks again for lists at most every two seconds, however many accounts change', () => {
    const follow = follower();
    for (let n = 0; n < 40; n += 1) {
      follow({ topic: 'accounts', ids: [`a${n}`] });
      pass(100);
    }
    pass(2_000);
    expect(asked.filter((key) => key === 'accounts')).toHaveLength(3);
  });

  it('asks again for the open account as seldom while all accounts are computed', () => {
    const follow = follower();
    for (let n = 0; n < 40; n += 1) {
      follow({ topic: 'accounts', ids: null });
      pass(100);
    }
    pass(2_000);
    expect(asked.filter((key) => key === 'account')).toHaveLength(3);
  });

  it('asks again for everything after a gap, what the person may do included', () => {
    follower()({ topic: 'everything', ids: null });
    pass(0);
    const lists = ['accounts', 'alerts', 'deals', 'renewals', 'segments', 'today'];
    expect(asked.sort()).toEqual([...lists, 'account', 'me', 'notifications'].sort());
  });

  it('leaves accounts alone when only notifications came', () => {
    follower()({ topic: 'notifications', ids: null });
    pass(5_000);
    expect(asked).toEqual(['notifications']);
  });
});

it('comes back later and later, up to a minute, and never with all others at once', () => {
  expect([0, 1, 2].map((attempt) => pauseBefore(attempt, 1))).toEqual([1_000, 2_000, 4_000]);
  expect(pauseBefore(20, 1)).toBe(60_000);
  expect(pauseBefore(3, 0)).toBe(4_000);
});
