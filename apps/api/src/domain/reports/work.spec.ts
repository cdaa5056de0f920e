import { type WorkGroups, workOf } from './work.js';

const NOTHING: WorkGroups = { renewals: [], touches: [], tasks: [], goals: [], answers: [], resolutions: [] };

it('knows no rate and no median where nothing ended', () => {
  const work = workOf(NOTHING);
  expect(work.renewals).toMatchObject({ due: { renewals: 0, arrMinor: null }, renewedRate: null });
  expect(work.alerts).toEqual({
    opened: 0,
    answered: 0,
    medianHoursToAcknowledge: null,
    resolved: 0,
    medianDaysToResolve: null,
  });
});

it('takes the rate of renewals over those that ended; smaller ones were renewed', () => {
  const { renewals } = workOf({
    ...NOTHING,
    renewals: [
      { state: 'renewed', renewals: 2, arrMinor: 200 },
      { state: 'renewedSmaller', renewals: 1, arrMinor: 50 },
      { state: 'lost', renewals: 1, arrMinor: null },
      { state: 'overdue', renewals: 5, arrMinor: 500 },
    ],
  });
  expect(renewals.renewedRate).toBe(75);
  expect(renewals.due).toEqual({ renewals: 9, arrMinor: 750 });
  expect(renewals.byState.lost).toEqual({ renewals: 1, arrMinor: null });
  expect(renewals.byState.upcoming).toEqual({ renewals: 0, arrMinor: null });
});

it('takes medians over alerts that were answered or resolved, not over those that wait', () => {
  const { alerts } = workOf({
    ...NOTHING,
    answers: [
      { after: 1, alerts: 2 },
      { after: 9, alerts: 1 },
      { after: null, alerts: 40 },
    ],
    resolutions: [
      { after: 4, alerts: 1 },
      { after: null, alerts: 42 },
    ],
  });
  expect(alerts).toEqual({
    opened: 43,
    answered: 3,
    medianHoursToAcknowledge: 1,
    resolved: 1,
    medianDaysToResolve: 4,
  });
});
