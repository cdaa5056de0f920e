import { toDay } from '../../domain/calendar/day.js';
import type { DayRun } from '../day-run.js';
import type { AnswerEvent, LivedAlert } from './alert-answers.repository.js';
import { AlertReplay } from './alert-replay.service.js';

const OPENED = new Date('2026-05-10T08:00:00+12:00');
const anAlert = (): LivedAlert => ({
  accountId: 'account',
  id: 'alert',
  severity: 'high',
  openedAt: OPENED,
  owner: { id: 'carla', email: 'csm@sample.example' },
  fields: {
    ...{ state: 'open', unread: true, acknowledgedAt: null, acknowledgedBy: null, snoozedUntil: null },
    ...{ snoozeReason: null, assigneeUserId: null, outcome: null, outcomeNote: null, escalateAt: null },
    ...{ endedDay: null, endedAt: null, endedBy: null, falseSinceDay: null },
  },
});

/** What is written of an alert that its owner looks at `at`, when the past is made at `now`. */
async function stepsDone({ at, now }: { at: string; now: string }): Promise<Date[]> {
  const written: AnswerEvent[] = [];
  const answers = {
    live: async () => undefined,
    waiting: async () => [anAlert()],
    answer: async () => undefined,
    addEvents: async (_: unknown, events: AnswerEvent[]) => void written.push(...events),
  };
  const replay = new AlertReplay(null as any, null as any, null as any, answers as any);
  const day = {
    asOf: toDay('2026-05-10'),
    iso: '2026-05-10',
    at: new Date(now),
    wanted: { timeZone: 'Pacific/Auckland' },
  };
  await replay.answer(null as any, null as any, day as unknown as DayRun, () => ({
    acknowledgedAtMs: Date.parse(at),
    resolved: null,
  }));
  return written.map((event) => event.at);
}

describe('answers of a past that is made up', () => {
  it('are not given later than now, where the day ends before that of Greenwich', async () => {
    const now = '2026-05-11T00:10:00+12:00';
    expect(await stepsDone({ at: '2026-05-11T09:00:00+12:00', now })).toEqual([]);
    expect(await stepsDone({ at: '2026-05-10T15:00:00+12:00', now })).toEqual([new Date('2026-05-10T15:00:00+12:00')]);
  });
});
