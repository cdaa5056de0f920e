import { act, renderHook } from '@testing-library/react';
import { useRestsOn } from './use-rests-on.js';

const plan = (revision: number, note: string, links: string[] = []) => ({ revision, note, links });

it('goes on from what somebody else changed beside it, and stays with what was opened where its own was changed', () => {
  const { result, rerender } = renderHook(({ now }) => useRestsOn(now, ({ note }) => note), {
    initialProps: { now: plan(1, 'Call Ada') },
  });
  rerender({ now: plan(2, 'Call Ada', ['https://contract.example']) });
  expect(result.current).toMatchObject({ on: { revision: 2 }, theirs: null });
  rerender({ now: plan(3, 'Never call Ada') });
  expect(result.current).toMatchObject({ on: { revision: 1 }, theirs: { revision: 3 } });
  act(() => result.current.writeOver());
  expect(result.current).toMatchObject({ on: { revision: 3 }, theirs: null });
});
