import { addDays, dayOf } from '../calendar/day.js';
import { type QualityAlert, QualityTally } from './quality.js';

const today = dayOf(2026, 4, 15);
const now = new Date('2026-04-15T09:00:00Z').getTime();
const anAlert = (overrides: Partial<QualityAlert> = {}): QualityAlert => ({
  accountId: 'a',
  state: 'open',
  outcome: null,
  acknowledgedAt: null,
  endedDay: null,
  arrMinor: 100,
  churnedOn: null,
  answerBy: now + 1,
  ...overrides,
});
const resolved = (outcome: QualityAlert['outcome'], daysAgo: number, overrides: Partial<QualityAlert> = {}) =>
  anAlert({
    state: 'resolved',
    outcome,
    endedDay: addDays(today, -daysAgo),
    acknowledgedAt: new Date(now),
    ...overrides,
  });
const quality = (...alerts: QualityAlert[]) => {
  const tally = new QualityTally({ today, now });
  for (const alert of alerts) tally.add(alert);
  return tally.figures;
};

describe('the quality of an alert rule', () => {
  it('has no shares of nothing', () => {
    expect(quality()).toMatchObject({
      fired: 0,
      acknowledgedInTimeRate: null,
      falseAlarmRate: null,
      arrKeptMinor: null,
    });
  });

  it('judges the answer by what the tier promises, and waits while there is time', () => {
    const late = anAlert({ acknowledgedAt: new Date(now), answerBy: now - 1 });
    const inTime = anAlert({ acknowledgedAt: new Date(now - 5), answerBy: now - 1 });
    const missed = anAlert({ answerBy: now - 1 });
    const cleared = anAlert({ state: 'cleared', answerBy: now - 1 });
    expect(quality(late, inTime, missed, cleared, anAlert())).toMatchObject({
      fired: 5,
      live: 4,
      acknowledgedInTime: 1,
      toAcknowledge: 3,
      acknowledgedInTimeRate: 1 / 3,
    });
  });

  it('takes false alarms as a share of what people resolved', () => {
    expect(
      quality(resolved('falseAlarm', 1), resolved('unsuccessful', 1), anAlert({ state: 'cleared' })),
    ).toMatchObject({
      falseAlarm: 1,
      unsuccessful: 1,
      cleared: 1,
      falseAlarmRate: 0.5,
    });
  });

  it('counts ARR as kept 90 days later, each account once, and not of those that churned', () => {
    const old = resolved('successful', 100);
    expect(
      quality(
        old,
        { ...old, arrMinor: 200 },
        resolved('successful', 100, { accountId: 'left', churnedOn: addDays(today, -20) }),
        resolved('successful', 100, { accountId: 'stayed long', churnedOn: addDays(today, -5) }),
        resolved('successful', 89, { accountId: 'not yet' }),
      ),
    ).toMatchObject({ successful: 5, kept: 2, arrKeptMinor: 300, keptUnknown: 1 });
  });

  it('takes as lost what churned after the alert was resolved and within 90 days of it, no day more', () => {
    const churned = (daysAfter: number) =>
      resolved('successful', 100, { accountId: `${daysAfter}`, churnedOn: addDays(today, daysAfter - 100) });
    const isKept = (daysAfter: number) => quality(churned(daysAfter)).kept === 1;
    expect([-30, 0, 1, 90, 91].filter(isKept)).toEqual([-30, 0, 91]);
  });
});
