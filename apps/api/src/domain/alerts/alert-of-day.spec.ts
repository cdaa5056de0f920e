import fc from 'fast-check';
import { addDays, type Day, toDay } from '../calendar/day.js';
import type { EndedAlert, LiveAlert } from './alert.js';
import { type AlertDecision, alertOfDay, type DayOfRule, type Finding } from './alert-of-day.js';

const DAY = toDay('2026-04-15');

const aLiveAlert = (overrides: Partial<LiveAlert> = {}): LiveAlert => ({
  state: 'open',
  started: 'change',
  severity: 'medium',
  openedDay: addDays(DAY, -10),
  lastMatchedDay: null,
  clearSinceDay: null,
  heldReason: null,
  snoozedUntil: null,
  scoreNoted: 60,
  leaves: [0],
  loss: null,
  ...overrides,
});
const aFinding = (overrides: Partial<Finding> = {}): Finding => ({
  holds: 'yes',
  clears: false,
  leaves: [0],
  score: 60,
  severity: 'medium',
  ...overrides,
});
const aDay = (overrides: Partial<DayOfRule> = {}): DayOfRule => ({
  day: DAY,
  isComplete: false,
  isStart: false,
  mayRaise: true,
  coolDownDays: 14,
  isReplay: false,
  ...overrides,
});
const anEnd = (overrides: Partial<EndedAlert> = {}): EndedAlert => ({
  state: 'resolved',
  outcome: 'successful',
  endedDay: addDays(DAY, -14),
  falseSinceDay: null,
  ...overrides,
});
const nothing = { kind: 'nothing' };
const gone = { holds: 'no', clears: true } as const;

describe('an alert from day to day', () => {
  it('begins pending, and as true at start where the rule is new', () => {
    expect(alertOfDay(null, null, aFinding(), aDay())).toEqual({ kind: 'raise', started: 'change', state: 'pending' });
    expect(alertOfDay(null, null, aFinding(), aDay({ isStart: true }))).toMatchObject({
      started: 'start',
      state: 'open',
    });
    expect(alertOfDay(null, null, aFinding(), aDay({ isReplay: true }))).toMatchObject({ started: 'replay' });
  });

  it('does not begin for want of a value, nor from a silent source, nor where nothing may be raised', () => {
    expect(alertOfDay(null, null, aFinding({ holds: 'unknown' }), aDay())).toEqual(nothing);
    expect(alertOfDay(null, null, aFinding({ holds: 'silentSource' }), aDay())).toEqual(nothing);
    expect(alertOfDay(null, null, aFinding(), aDay({ mayRaise: false }))).toEqual(nothing);
  });

  it('goes without a trace as long as nobody has seen it', () => {
    expect(alertOfDay(aLiveAlert({ state: 'pending' }), null, aFinding(gone), aDay())).toEqual({ kind: 'withdraw' });
  });

  it('is not written anew while its rule goes on holding', () => {
    expect(alertOfDay(aLiveAlert(), null, aFinding({ score: 55 }), aDay())).toEqual(nothing);
  });

  it('keeps the last day on which its rule held, never one before it began', () => {
    const left = alertOfDay(aLiveAlert(), null, aFinding(gone), aDay());
    expect(left).toMatchObject({ change: { lastMatchedDay: addDays(DAY, -1) } });
    const atOnce = alertOfDay(aLiveAlert({ openedDay: DAY }), null, aFinding(gone), aDay());
    expect(atOnce).toMatchObject({ change: { lastMatchedDay: DAY } });
  });

  it('clears on the second of two closed days on end, and on no running day', () => {
    const live = aLiveAlert({ lastMatchedDay: addDays(DAY, -2) });
    expect(alertOfDay(live, null, aFinding(gone), aDay())).toEqual(nothing);
    const first = alertOfDay(live, null, aFinding(gone), aDay({ isComplete: true }));
    expect(first).toMatchObject({ change: { clearSinceDay: DAY }, news: [] });
    const second = alertOfDay(
      { ...live, clearSinceDay: addDays(DAY, -1) },
      null,
      aFinding(gone),
      aDay({ isComplete: true }),
    );
    expect(second).toMatchObject({ change: { state: 'cleared' }, news: [{ kind: 'cleared' }] });
  });

  it('begins to count anew where a closed day is missing between the two', () => {
    const live = aLiveAlert({ lastMatchedDay: addDays(DAY, -4), clearSinceDay: addDays(DAY, -2) });
    const decision = alertOfDay(live, null, aFinding(gone), aDay({ isComplete: true }));
    expect(decision).toMatchObject({ change: { clearSinceDay: DAY }, news: [] });
  });

  it('is held by an unknown value: it does not clear, and begins to count anew', () => {
    const held = alertOfDay(
      aLiveAlert({ clearSinceDay: addDays(DAY, -1) }),
      null,
      aFinding({ holds: 'unknown' }),
      aDay({ isComplete: true }),
    );
    expect(held).toMatchObject({ change: { heldReason: 'unknown', clearSinceDay: null } });
  });

  it('calls for attention again ten points below, and wakes from a snooze for it', () => {
    const fallen = alertOfDay(aLiveAlert(), null, aFinding({ score: 50 }), aDay());
    expect(fallen).toMatchObject({
      change: { unread: true, scoreNoted: 50 },
      news: [{ kind: 'evidence', why: 'fall' }],
    });
    expect(alertOfDay(aLiveAlert(), null, aFinding({ score: 50.01 }), aDay())).toEqual(nothing);
    const snoozed = aLiveAlert({ state: 'snoozed', snoozedUntil: addDays(DAY, 5) });
    expect(alertOfDay(snoozed, null, aFinding({ score: 40 }), aDay())).toMatchObject({
      change: { state: 'open', unread: true, snoozedUntil: null },
      news: [{ kind: 'woken', why: 'fall' }],
    });
  });

  it('is held by a silent source: no fall calls for attention, though it counts once the source is back', () => {
    const snoozed = aLiveAlert({ state: 'snoozed', snoozedUntil: addDays(DAY, 5) });
    for (const live of [aLiveAlert(), snoozed]) {
      const held = alertOfDay(live, null, aFinding({ holds: 'silentSource', score: 40 }), aDay());
      expect(held).toEqual({ kind: 'change', change: { heldReason: 'silentSource' }, news: [] });
    }
    const back = alertOfDay(aLiveAlert({ heldReason: 'silentSource' }), null, aFinding({ score: 40 }), aDay());
    expect(back).toMatchObject({ news: [{ kind: 'evidence', why: 'fall' }] });
  });

  it('calls for attention again when another condition of the rule comes to hold', () => {
    const joined = alertOfDay(aLiveAlert(), null, aFinding({ leaves: [0, 2] }), aDay());
    expect(joined).toMatchObject({ change: { unread: true, leaves: [0, 2] }, news: [{ why: 'evidence' }] });
    expect(alertOfDay(aLiveAlert({ leaves: [0, 2] }), null, aFinding({ leaves: [2] }), aDay())).toEqual(nothing);
  });

  it('wakes on the day until which it was snoozed', () => {
    const until = (day: Day) => aLiveAlert({ state: 'snoozed', snoozedUntil: day });
    expect(alertOfDay(until(addDays(DAY, 1)), null, aFinding(), aDay())).toEqual(nothing);
    const woken = { news: [{ kind: 'woken', why: 'snoozeEnded' }] };
    expect(alertOfDay(until(DAY), null, aFinding(), aDay())).toMatchObject(woken);
    // No run came on the day itself.
    expect(alertOfDay(until(addDays(DAY, -1)), null, aFinding(), aDay())).toMatchObject(woken);
  });

  it('follows the severity of its rule, and calls for attention when that gets worse', () => {
    const worse = alertOfDay(aLiveAlert(), null, aFinding({ severity: 'critical' }), aDay());
    expect(worse).toMatchObject({ change: { severity: 'critical', unread: true } });
    const milder = alertOfDay(aLiveAlert(), null, aFinding({ severity: 'low' }), aDay());
    expect(milder).toEqual({
      kind: 'change',
      change: { severity: 'low' },
      news: [{ kind: 'severity', from: 'medium', to: 'low' }],
    });
  });

  it('comes again after the cool-down from its end', () => {
    expect(alertOfDay(null, anEnd(), aFinding(), aDay())).toMatchObject({ kind: 'raise' });
    expect(alertOfDay(null, anEnd({ endedDay: addDays(DAY, -13) }), aFinding(), aDay())).toEqual(nothing);
    expect(alertOfDay(null, anEnd({ endedDay: DAY }), aFinding(), aDay({ coolDownDays: 0 }))).toEqual(nothing);
  });

  it('does not come again for a day before its end, and what was false then does not count', () => {
    const endedSince = anEnd({ outcome: 'falseAlarm', endedDay: addDays(DAY, 2) });
    expect(alertOfDay(null, endedSince, aFinding(), aDay({ isComplete: true, coolDownDays: 0 }))).toEqual(nothing);
    expect(alertOfDay(null, endedSince, aFinding(gone), aDay({ isComplete: true }))).toEqual(nothing);
  });

  it('comes again after a false alarm when the condition was false for a day, or after 90 days', () => {
    const falseAlarm = anEnd({ outcome: 'falseAlarm', endedDay: addDays(DAY, -60) });
    expect(alertOfDay(null, falseAlarm, aFinding(), aDay())).toEqual(nothing);
    expect(alertOfDay(null, falseAlarm, aFinding(gone), aDay({ isComplete: true }))).toEqual({ kind: 'wasFalse' });
    expect(alertOfDay(null, falseAlarm, aFinding(gone), aDay())).toEqual(nothing);
    const wasFalse = { ...falseAlarm, falseSinceDay: addDays(DAY, -50) };
    expect(alertOfDay(null, wasFalse, aFinding(), aDay())).toMatchObject({ kind: 'raise' });
    const long = { ...falseAlarm, endedDay: addDays(DAY, -90) };
    expect(alertOfDay(null, long, aFinding(), aDay())).toMatchObject({ kind: 'raise' });
  });
});

/** What is stored of one rule and account: every alert ever, the live one last. */
interface Story {
  alerts: { live: LiveAlert | null; ended: EndedAlert | null }[];
}

function applied(story: Story, decision: AlertDecision, finding: Finding, day: Day): Story {
  const alerts = [...story.alerts];
  const last = alerts.at(-1);
  if (decision.kind === 'raise') {
    const { started, state } = decision;
    const { severity, score, leaves } = finding;
    const live = aLiveAlert({
      started,
      state,
      severity,
      openedDay: day,
      scoreNoted: score,
      leaves: [...(leaves ?? [])],
    });
    return { alerts: [...alerts, { live, ended: null }] };
  }
  if (decision.kind === 'withdraw') return { alerts: alerts.slice(0, -1) };
  if (decision.kind === 'wasFalse' && last?.ended) {
    return { alerts: [...alerts.slice(0, -1), { live: null, ended: { ...last.ended, falseSinceDay: day } }] };
  }
  if (decision.kind !== 'change' || !last?.live) return story;
  const { unread: _, state, ...change } = decision.change;
  if (state === 'cleared') {
    const ended: EndedAlert = { state, outcome: null, endedDay: day, falseSinceDay: null };
    return { alerts: [...alerts.slice(0, -1), { live: null, ended }] };
  }
  return {
    alerts: [...alerts.slice(0, -1), { live: { ...last.live, ...change, ...(state && { state }) }, ended: null }],
  };
}

describe('alerts of any history', () => {
  const finding = fc.record<Finding>({
    holds: fc.constantFrom('yes', 'no', 'unknown', 'silentSource'),
    clears: fc.boolean(),
    leaves: fc.subarray([0, 1, 2]),
    score: fc.option(fc.integer({ min: 0, max: 100 })),
    severity: fc.constantFrom('low', 'high'),
  });
  const history = fc.array(fc.record({ finding, isComplete: fc.boolean() }), { maxLength: 60 });

  const decide = (story: Story, each: { finding: Finding; isComplete: boolean }, day: Day) => {
    const last = story.alerts.at(-1);
    const context = aDay({ day, isComplete: each.isComplete, coolDownDays: 3 });
    return alertOfDay(last?.live ?? null, last?.ended ?? null, each.finding, context);
  };

  it('have never two that live, and none that begins before the cool-down is over', () => {
    fc.assert(
      fc.property(history, (days) => {
        let story: Story = { alerts: [] };
        days.forEach((each, index) => {
          const day = addDays(DAY, index);
          const before = story.alerts.at(-1);
          const decision = decide(story, each, day);
          if (decision.kind === 'raise') {
            expect(before?.live ?? null).toBeNull();
            if (before?.ended) expect(day).toBeGreaterThanOrEqual(addDays(before.ended.endedDay, 3));
            expect(each.finding.holds).toBe('yes');
          }
          story = applied(story, decision, each.finding, day);
          expect(story.alerts.filter(({ live }) => live !== null).length).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('are the same when each day is run twice', () => {
    fc.assert(
      fc.property(history, (days) => {
        let story: Story = { alerts: [] };
        days.forEach((each, index) => {
          const day = addDays(DAY, index);
          story = applied(story, decide(story, each, day), each.finding, day);
          expect(applied(story, decide(story, each, day), each.finding, day)).toEqual(story);
          // A pending alert is shown after the run.
          const last = story.alerts.at(-1);
          if (last?.live?.state === 'pending') last.live.state = 'open';
        });
      }),
    );
  });

  it('clear only after two closed days on end on which the clear rule holds and nothing is held', () => {
    fc.assert(
      fc.property(history, (days) => {
        let story: Story = { alerts: [] };
        let clearOn: Day[] = [];
        days.forEach((each, index) => {
          const day = addDays(DAY, index);
          const decision = decide(story, each, day);
          const isHeld = each.finding.holds === 'unknown' || each.finding.holds === 'silentSource';
          if (each.isComplete && each.finding.clears && !isHeld) clearOn = [...clearOn, day];
          if (decision.kind === 'change' && decision.change.state === 'cleared') {
            expect(clearOn.slice(-2)).toEqual([addDays(day, -1), day]);
          }
          story = applied(story, decision, each.finding, day);
          const last = story.alerts.at(-1);
          if (last?.live?.state === 'pending') last.live.state = 'open';
        });
      }),
    );
  });
});
