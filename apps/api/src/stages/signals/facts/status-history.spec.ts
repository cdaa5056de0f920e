import { toDay } from '../../../domain/calendar/day.js';
import { liveSince, statusAt, statusSinceStart } from '../../../domain/lifecycle/live.js';
import { statusHistory } from './status-history.js';

const today = toDay('2026-04-15');
const heardOf = toDay('2026-04-01');
const churnedOn = toDay('2026-03-10');
const never = { trialSince: null, customerSince: null };

describe('the history of an account’s status', () => {
  it('is the status of now for all time where none was delivered', () => {
    const history = statusHistory([], 'trial', null, today);
    expect(statusAt(history, toDay('2020-01-01'))).toBe('trial');
    expect(liveSince(history, never, today)).toEqual({ since: null });
  });

  it('takes the later of two that one day has, and before all the earlier of the first', () => {
    const history = [
      { from: heardOf, status: 'trial' as const },
      { from: heardOf, status: 'customer' as const },
    ];
    expect(statusAt(history, heardOf)).toBe('customer');
    expect(statusAt(history, churnedOn)).toBe('trial');
  });

  it('dates a churn on the day it happened, not on the day it was heard of', () => {
    const history = statusHistory([{ from: heardOf, status: 'churned' }], 'churned', churnedOn, today);
    expect(statusAt(history, toDay('2026-03-09'))).toBe('customer');
    expect(statusAt(history, churnedOn)).toBe('churned');
    expect(liveSince(history, never, toDay('2026-03-09'))).toEqual({ since: null });
    expect(liveSince(history, never, today)).toBeNull();
  });

  it('keeps what the account was before it churned', () => {
    const versions = [
      { from: heardOf, status: 'churned' as const },
      { from: toDay('2026-01-01'), status: 'trial' as const },
    ];
    const history = statusHistory(versions, 'churned', churnedOn, today);
    expect(history).toEqual([
      { from: toDay('2026-01-01'), status: 'trial' },
      { from: churnedOn, status: 'churned' },
    ]);
  });

  it('lets a churned account come back', () => {
    const versions = [
      { from: toDay('2026-01-01'), status: 'churned' as const },
      { from: toDay('2026-02-01'), status: 'customer' as const },
    ];
    const history = statusHistory(versions, 'customer', null, today);
    expect(liveSince(history, never, today)).toEqual({ since: toDay('2026-02-01') });
  });
});

describe('a first status that is known', () => {
  const [trial, start] = [toDay('2026-02-01'), toDay('2026-03-01')];
  const customer = [{ from: heardOf, status: 'customer' as const }];
  const on = (started: { trialSince: number | null; customerSince: number | null }, day: string) =>
    statusSinceStart(customer, started as typeof never, toDay(day));

  it('holds backwards to the start of the customer relation, and before it as a trial, or as nobody’s yet', () => {
    expect(on({ trialSince: trial, customerSince: start }, '2026-03-01')).toBe('customer');
    expect(on({ trialSince: trial, customerSince: start }, '2026-02-28')).toBe('trial');
    expect(on({ trialSince: trial, customerSince: start }, '2026-01-31')).toBe('prospect');
    expect(on({ trialSince: null, customerSince: start }, '2026-02-28')).toBe('prospect');
    expect(on({ trialSince: null, customerSince: heardOf }, '2026-03-31')).toBe('prospect');
  });

  it('holds for all time before where no start is known', () => {
    expect(on(never, '2020-01-01')).toBe('customer');
    const onTrial = [{ from: heardOf, status: 'trial' as const }];
    expect(statusSinceStart(onTrial, never, toDay('2020-01-01'))).toBe('trial');
    expect(statusSinceStart(onTrial, { ...never, trialSince: trial }, toDay('2026-01-31'))).toBe('prospect');
  });

  it('does not outweigh what was delivered of an earlier day', () => {
    const told = [{ from: trial, status: 'customer' as const }];
    expect(statusSinceStart(told, { ...never, customerSince: start }, toDay('2026-02-10'))).toBe('customer');
  });
});
