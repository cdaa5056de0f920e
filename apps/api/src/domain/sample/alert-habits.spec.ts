import { answerTo, type SeenAlert } from './alert-habits.js';

// A Monday, 8 o'clock in Berlin.
const OPENED = Date.parse('2026-04-13T06:00:00Z');
const anAlert = (overrides: Partial<SeenAlert> = {}): SeenAlert => ({
  id: 'alert-1',
  openedAtMs: OPENED,
  severity: 'medium',
  ownerEmail: 'csm.yuki@sample.example',
  ...overrides,
});
const answers = (overrides: Partial<SeenAlert> = {}) =>
  Array.from({ length: 1_000 }, (_, each) => answerTo(anAlert({ id: `alert-${each}`, ...overrides }), 'Europe/Berlin'));
const hoursToLook = (overrides: Partial<SeenAlert>) => {
  const waits = answers(overrides).flatMap((each) => (each === null ? [] : [each.acknowledgedAtMs - OPENED]));
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
};

describe('the people of the sample', () => {
  it('answer most alerts, and always the same one alike', () => {
    const never = answers().filter((each) => each === null).length;
    expect(never).toBeGreaterThan(40);
    expect(never).toBeLessThan(130);
    expect(answerTo(anAlert(), 'Europe/Berlin')).toEqual(answerTo(anAlert(), 'Europe/Berlin'));
  });

  it('answer for nobody else: a real person who took an account has seen none of its past', () => {
    expect(answers({ ownerEmail: 'someone@customer.example' })).toEqual(Array(1_000).fill(null));
  });

  it('look before they resolve, and not before it came', () => {
    for (const answer of answers()) {
      if (answer === null) continue;
      expect(answer.acknowledgedAtMs).toBeGreaterThan(OPENED);
      if (answer.resolved !== null) expect(answer.resolved.atMs).toBeGreaterThan(answer.acknowledgedAtMs);
    }
  });

  it('resolve with every outcome, a success most of the time, and leave some to clear', () => {
    const outcomes = answers().flatMap((each) => (each === null ? [] : [each.resolved?.outcome ?? 'left']));
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    expect(count('successful')).toBeGreaterThan(count('unsuccessful') + count('falseAlarm'));
    for (const outcome of ['unsuccessful', 'falseAlarm', 'left']) expect(count(outcome)).toBeGreaterThan(50);
  });

  it('are quicker where it is urgent, and where they are diligent', () => {
    expect(hoursToLook({ severity: 'critical' })).toBeLessThan(hoursToLook({}));
    expect(hoursToLook({ ownerEmail: 'csm@sample.example' })).toBeLessThan(
      hoursToLook({ ownerEmail: 'csm.tomas@sample.example' }),
    );
  });
});
