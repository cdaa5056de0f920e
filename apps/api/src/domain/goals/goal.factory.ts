import type { PlaybookDefinition, TaskTemplate } from '@steward/shared/playbooks';
import { toDay } from '../calendar/day.js';
import type { GoalTasks, LiveGoal } from './goal-of-day.js';

export function aTaskTemplate(overrides: Partial<TaskTemplate> = {}): TaskTemplate {
  return {
    key: 'call',
    title: 'Call the champion',
    guidance: '',
    due: { anchor: 'goalStart', offset: 2, unit: 'business' },
    role: 'csm',
    required: true,
    completesWhen: null,
    ...overrides,
  };
}

export function aPlaybook(overrides: Partial<PlaybookDefinition> = {}): PlaybookDefinition {
  return {
    name: 'Save the account',
    kind: 'retention',
    purpose: '',
    target: { kind: 'signal', field: 'health.score', op: 'gte', value: 71 },
    durationDays: 60,
    ownerRole: 'csm',
    tasks: [aTaskTemplate()],
    triggers: { segmentIds: [], alertRuleIds: [] },
    run: { againAfterDays: 90, oneAtATime: true, cancelWhenConditionStops: false, cancelOpenTasks: true },
    ...overrides,
  };
}

/** Started on 1 March 2026 from 40, due after 100 days. */
export function aGoal(overrides: Partial<LiveGoal> = {}): LiveGoal {
  return {
    status: 'inProgress',
    atRiskReason: null,
    startDay: toDay('2026-03-01'),
    dueDay: toDay('2026-06-09'),
    baseline: 40,
    value: 40,
    progress: 0,
    metSinceDay: null,
    ...overrides,
  };
}

export function someTasks(overrides: Partial<GoalTasks> = {}): GoalTasks {
  return { required: 2, requiredDone: 0, daysOverdue: 0, ...overrides };
}
