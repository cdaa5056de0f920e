import type { GoalStart } from '@steward/shared/goals';
import type { PlaybookRole, StartRefusal } from '@steward/shared/playbooks';
import { isoOrNull, toDay } from '../calendar/day.js';
import { aPlaybook, aTaskTemplate } from './goal.factory.js';
import { type AccountOwners, personFor } from './people.js';
import { plannedGoal } from './planned-goal.js';
import { type BeforeStart, refusalOf } from './starting.js';

const today = toDay('2026-04-15');
const before = (overrides: Partial<BeforeStart> = {}): BeforeStart => ({
  status: 'customer',
  isMet: false,
  isRunning: false,
  lastEndedDay: null,
  isSound: true,
  enabled: true,
  ...overrides,
});

describe('whether a goal starts', () => {
  const { run } = aPlaybook({ run: { ...aPlaybook().run, againAfterDays: 90 } });

  it.each<[Partial<BeforeStart>, GoalStart, StartRefusal | null, string]>([
    [{}, 'hand', null, 'nothing speaks against it'],
    [{ isMet: true }, 'bulk', 'ALREADY_MET', 'already there'],
    [{ isMet: null }, 'hand', null, 'a target that is not known is not met'],
    [{ isRunning: true }, 'hand', 'GOAL_RUNNING', 'one at a time'],
    [{ status: 'prospect' }, 'hand', 'NOT_LIVE', 'no customer'],
    [{ status: 'churned' }, 'hand', 'NOT_LIVE', 'no customer any more'],
    [{ enabled: false }, 'alert', 'PLAYBOOK_DISABLED', 'switched off'],
    [{ isSound: false, isMet: true }, 'hand', 'PLAYBOOK_UNSOUND', 'its signal is gone'],
    [{ lastEndedDay: toDay('2026-01-16') }, 'segment', 'RAN_BEFORE', '89 days ago'],
    [{ lastEndedDay: toDay('2026-01-15') }, 'segment', null, '90 days ago'],
    [{ lastEndedDay: toDay('2026-04-14') }, 'hand', null, 'a person may at any time'],
  ])('%j by %s: %s (%s)', (known, how, refusal) => {
    expect(refusalOf(run, before(known), how, today)).toBe(refusal);
  });

  it('once only, where the playbook says never again', () => {
    const once = { ...run, againAfterDays: null };
    expect(refusalOf(once, before({ lastEndedDay: toDay('2020-01-01') }), 'alert', today)).toBe('RAN_BEFORE');
  });

  it('beside another, where the playbook allows several; never by itself', () => {
    const several = { ...run, oneAtATime: false };
    expect(refusalOf(several, before({ isRunning: true }), 'hand', today)).toBeNull();
    expect(refusalOf(several, before({ isRunning: true }), 'segment', today)).toBe('GOAL_RUNNING');
  });
});

describe('who does it', () => {
  const colleagues = {
    active: new Set(['cora', 'adam', 'mona']),
    managers: new Map<string, string | null>([
      ['cora', 'mona'],
      ['adam', 'max'],
      ['mona', null],
    ]),
  };
  const owners = (csmUserId: string | null, amUserId: string | null): AccountOwners => ({ csmUserId, amUserId });

  it.each<[PlaybookRole, AccountOwners, string | null, string]>([
    ['csm', owners('cora', 'adam'), 'cora', 'the CSM'],
    ['am', owners('cora', 'adam'), 'adam', 'the AM'],
    ['am', owners('cora', null), 'cora', 'without an AM the CSM'],
    ['csm', owners('gone', 'adam'), 'adam', 'a CSM who left is nobody'],
    ['csm', owners(null, null), null, 'nobody'],
    ['manager', owners('cora', 'adam'), 'mona', 'the manager of the CSM'],
    ['manager', owners(null, 'adam'), null, 'a manager who left is nobody'],
  ])('%s of %j is %s: %s', (role, of, person) => {
    expect(personFor(role, of, colleagues)).toBe(person);
  });

  it('is planned with the days', () => {
    const definition = aPlaybook({
      durationDays: 30,
      ownerRole: 'am',
      tasks: [
        aTaskTemplate({ key: 'a', role: 'am', due: { anchor: 'goalDue', offset: -3, unit: 'calendar' } }),
        aTaskTemplate({ key: 'b', due: { anchor: 'renewalDate', offset: -30, unit: 'calendar' } }),
      ],
    });
    const days = { renewalDate: null, noticeDeadline: null, customerSince: null, leavesOn: null };
    const goal = plannedGoal(definition, { days, owners: owners('cora', 'adam'), colleagues }, today);
    expect(isoOrNull(goal.dueDay)).toBe('2026-05-15');
    expect(goal.ownerUserId).toBe('adam');
    expect(
      goal.tasks.map(({ key, dueDay, waitsFor, assigneeUserId }) => [key, isoOrNull(dueDay), waitsFor, assigneeUserId]),
    ).toEqual([
      ['a', '2026-05-12', null, 'adam'],
      ['b', null, 'renewalDate', 'cora'],
    ]);
  });
});
