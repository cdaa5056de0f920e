import { Gate } from './gate.js';

class Full extends Error {}

function setUp({ atATime = 2, waitingAtMost = 1 } = {}) {
  const gate = new Gate({ atATime, waitingAtMost, refusal: () => new Full() });
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const enter = (name: string) =>
    gate.pass(() => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    });
  return { gate, begun, enter, end: (index: number) => ends[index]?.() };
}

describe('a gate', () => {
  it('lets so many in, makes the next ones wait in their order, and sends the rest away', async () => {
    const { gate, begun, enter, end } = setUp();
    const first = enter('first');
    const second = enter('second');
    const third = enter('third');
    await expect(enter('fourth')).rejects.toBeInstanceOf(Full);
    expect(begun).toEqual(['first', 'second']);
    end(0);
    await first;
    expect(begun).toEqual(['first', 'second', 'third']);
    end(1);
    end(2);
    expect(await Promise.all([second, third])).toEqual(['second', 'third']);
    expect(gate.isIdle).toBe(true);
  });

  it('gives the place on when work fails', async () => {
    const gate = new Gate({ atATime: 1, waitingAtMost: 1, refusal: () => new Full() });
    const failing = gate.pass(() => Promise.reject(new Error('broken')));
    const next = gate.pass(() => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
    expect(gate.isIdle).toBe(true);
  });
});
