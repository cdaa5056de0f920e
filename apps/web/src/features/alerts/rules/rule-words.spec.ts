import { caughtWords, falseAlarmFigure, inTimeFigure, keptFigure, outcomeFigure, pastWords } from './rule-words.js';

const quality = {
  fired: 12,
  live: 2,
  acknowledgedInTime: 8,
  toAcknowledge: 10,
  acknowledgedInTimeRate: 0.8,
  successful: 5,
  unsuccessful: 2,
  falseAlarm: 1,
  cleared: 3,
  falseAlarmRate: 0.125,
  kept: 3,
  arrKeptMinor: 900_00,
  keptUnknown: 1,
};
const past = {
  from: '2026-01-01',
  to: '2026-03-31',
  days: 90,
  daysAsked: 90,
  fired: 63,
  accounts: 40,
  beforeChurn: 21,
  churned: 24,
  churnedWithAlert: 20,
};

describe('the quality of a rule', () => {
  it('gives each rate with the counts that it comes from', () => {
    expect(inTimeFigure(quality)).toMatchObject({ value: '80 %', counts: '8 of 10' });
    expect(falseAlarmFigure(quality)).toMatchObject({ value: '13 %', counts: '1 of 8' });
    expect(outcomeFigure(quality)).toMatchObject({ value: '5 successful', counts: '2 not · 3 cleared' });
    expect(keptFigure(quality, (minor) => `${minor / 100}`)).toMatchObject({ value: '900', counts: '3 accounts' });
  });

  it('is a dash where there is nothing to take a share of, never 0', () => {
    const none = {
      ...quality,
      toAcknowledge: 0,
      acknowledgedInTimeRate: null,
      falseAlarmRate: null,
      arrKeptMinor: null,
    };
    expect(inTimeFigure(none)).toMatchObject({ value: '–', counts: null });
    expect(falseAlarmFigure({ ...none, successful: 0, unsuccessful: 0, falseAlarm: 0 }).value).toBe('–');
    expect(keptFigure({ ...none, kept: 0 }, String)).toMatchObject({ value: '–', counts: null });
  });
});

describe('a dry run in words', () => {
  it('says how often, and how often before a churn', () => {
    expect(pastWords(past)).toBe('In the last 90 days 63 times, of which 21 before a churn.');
    expect(pastWords({ ...past, fired: 1, beforeChurn: 0 })).toBe(
      'In the last 90 days 1 time, of which 0 before a churn.',
    );
    expect(pastWords({ ...past, fired: 0, beforeChurn: 0 })).toBe('In the last 90 days not once.');
    expect(pastWords(null)).toBe('There are no closed days to look back on yet.');
  });

  it('says which of the churns it would have seen, where there were any', () => {
    expect(caughtWords(past)).toMatch(/^20 of the 24 accounts that churned/);
    expect(caughtWords({ ...past, churned: 0, churnedWithAlert: 0 })).toBeNull();
  });
});
