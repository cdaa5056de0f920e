import type { Steps } from '../../domain/studio/steps.js';
import { inTurns } from './in-turns.js';

function* counting(to: number, work: () => void): Steps<number> {
  let counted = 0;
  while (counted < to) {
    work();
    counted += 1;
    yield;
  }
  return counted;
}

const busyFor = (ms: number) => () => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

it('lets others have their turn during a long calculation, and comes to the same', async () => {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (; !isOver; turns += 1) await new Promise(setImmediate);
  })();
  expect(await inTurns(counting(20, busyFor(10)), async () => undefined)).toBe(20);
  isOver = true;
  await others;
  expect(turns).toBeGreaterThan(5);
});

it('leaves the calculation where it is when it is told to stop', async () => {
  let done = 0;
  const steps = counting(1_000, () => {
    done += 1;
    busyFor(20)();
  });
  await expect(inTurns(steps, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
  expect(done).toBeLessThan(5);
});
