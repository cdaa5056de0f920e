import type { AlertEventKind } from '@steward/shared/alerts';
import fc from 'fast-check';
import { dayOf } from '../calendar/day.js';
import { type PastEvent, type TriageAction, type TriageFields, triage, undo, undoable } from './triage.js';

const anAlert = (overrides: Partial<TriageFields> = {}): TriageFields => ({
  state: 'open',
  unread: true,
  snoozedUntil: null,
  snoozeReason: null,
  assigneeUserId: null,
  outcome: null,
  outcomeNote: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  escalateAt: '2026-04-15T16:00:00.000Z',
  endedDay: null,
  endedAt: null,
  endedBy: null,
  falseSinceDay: null,
  ...overrides,
});
const ana = { userId: 'ana', day: dayOf(2026, 4, 15), at: new Date('2026-04-15T09:00:00Z') };
const after = (alert: TriageFields, action: TriageAction): TriageFields => {
  const decided = triage(alert, action, ana);
  if (decided.kind === 'refused') throw new Error(decided.why);
  return { ...alert, ...decided.change };
};

describe('triage', () => {
  it('acknowledges: it is read, and goes to nobody else', () => {
    expect(after(anAlert(), { kind: 'acknowledge' })).toEqual(
      anAlert({
        state: 'acknowledged',
        unread: false,
        acknowledgedAt: '2026-04-15T09:00:00.000Z',
        acknowledgedBy: 'ana',
        escalateAt: null,
      }),
    );
  });

  it('keeps who looked first', () => {
    const seen = anAlert({ acknowledgedAt: '2026-04-01T09:00:00.000Z', acknowledgedBy: 'bo' });
    expect(after(seen, { kind: 'resolve', outcome: 'successful', note: null })).toMatchObject({
      acknowledgedBy: 'bo',
      endedBy: 'ana',
      endedDay: '2026-04-15',
    });
  });

  it('counts snoozing as having looked, and waking by hand opens it again', () => {
    const snoozed = after(anAlert(), { kind: 'snooze', until: '2026-05-01', reason: 'On holiday' });
    expect(snoozed).toMatchObject({ state: 'snoozed', snoozedUntil: '2026-05-01', acknowledgedBy: 'ana' });
    expect(after(snoozed, { kind: 'unsnooze' })).toMatchObject({
      state: 'open',
      snoozedUntil: null,
      snoozeReason: null,
    });
  });

  it.each(['resolved', 'cleared'] as const)('does nothing with one that was %s', (state) => {
    const actions: TriageAction[] = [
      { kind: 'acknowledge' },
      { kind: 'unsnooze' },
      { kind: 'assign', assigneeUserId: 'bo' },
      { kind: 'markRead' },
    ];
    for (const action of actions) {
      expect(triage(anAlert({ state }), action, ana)).toEqual({ kind: 'refused', why: 'ALERT_ENDED' });
    }
  });

  it('changes nothing by saying what holds already', () => {
    const held = anAlert({ state: 'acknowledged', unread: false, assigneeUserId: 'bo' });
    for (const action of [{ kind: 'acknowledge' }, { kind: 'assign', assigneeUserId: 'bo' }] as const) {
      expect(triage(held, action, ana)).toEqual({ kind: 'done', change: {}, event: null });
    }
  });

  it('cannot wake what does not sleep', () => {
    expect(triage(anAlert(), { kind: 'unsnooze' }, ana)).toEqual({ kind: 'refused', why: 'ALERT_NOT_SNOOZED' });
  });
});

const actions: fc.Arbitrary<TriageAction> = fc.oneof(
  fc.constant({ kind: 'acknowledge' } as const),
  fc.constant({ kind: 'snooze', until: '2026-05-01', reason: 'later' } as const),
  fc.constant({ kind: 'unsnooze' } as const),
  fc
    .constantFrom('successful', 'unsuccessful', 'falseAlarm')
    .map((outcome) => ({ kind: 'resolve', outcome, note: null }) as TriageAction),
  fc.constantFrom('ana', 'bo', null).map((assigneeUserId) => ({ kind: 'assign', assigneeUserId }) as const),
);

describe('undo', () => {
  it('goes back step by step, whatever people did', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 8 }), (taken) => {
        let alert = anAlert({ unread: false });
        const steps: TriageFields[] = [];
        const newestFirst: PastEvent[] = [];
        const happened = (event: Omit<PastEvent, 'id' | 'byUserId'>) =>
          newestFirst.unshift({ id: String(newestFirst.length), byUserId: 'ana', ...event });
        for (const action of taken) {
          const decided = triage(alert, action, ana);
          if (decided.kind === 'refused' || decided.event === null) continue;
          const keys = Object.keys(decided.change) as (keyof TriageFields)[];
          steps.push(alert);
          happened({ ...decided.event, before: Object.fromEntries(keys.map((key) => [key, alert[key]])) });
          alert = { ...alert, ...decided.change };
        }
        for (let step = steps.pop(); step; step = steps.pop()) {
          const back = undo(alert, undoable(newestFirst) as PastEvent);
          happened({ ...back.event, before: null });
          alert = { ...alert, ...back.change };
          expect(alert).toEqual(step);
        }
        expect(undoable(newestFirst)).toBeNull();
      }),
    );
  });

  const event = (kind: AlertEventKind, overrides: Partial<PastEvent> = {}): PastEvent => ({
    id: kind,
    kind,
    byUserId: 'ana',
    before: { state: 'open', unread: false },
    details: null,
    ...overrides,
  });
  const byRun = { byUserId: null, before: null };

  it('leaves what a run has made of the alert since', () => {
    expect(undoable([event('woken', byRun), event('snoozed')])).toBeNull();
    expect(undoable([event('opened', byRun)])).toBeNull();
  });

  it('looks past news, which stay unread', () => {
    const last = undoable([event('evidence', byRun), event('escalated', byRun), event('acknowledged')]);
    expect(last?.kind).toBe('acknowledged');
    const news = anAlert({ state: 'acknowledged', unread: true });
    expect(undo(news, last as PastEvent).change).toEqual({ state: 'open', unread: true });
  });
});
