import type { PlaybookDefinition, PlaybookRole, TaskAnchor, TaskTemplate } from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';

/** A ready-made playbook. Without triggers: whoever runs the workspace decides what starts it by itself. */
export interface BuiltInPlaybook {
  key: string;
  definition: PlaybookDefinition;
}

type Due = TaskTemplate['due'];

export const afterStart = (offset: number): Due => ({ anchor: 'goalStart', offset, unit: 'business' });
export const before = (anchor: TaskAnchor, days: number): Due => ({ anchor, offset: -days, unit: 'calendar' });

export const task = (
  key: string,
  role: PlaybookRole,
  due: Due,
  title: string,
  guidance: string,
  { required = true, completesWhen = null }: { required?: boolean; completesWhen?: Rule | null } = {},
): TaskTemplate => ({ key, role, due, title, guidance, required, completesWhen });

export const playbook = (
  key: string,
  definition: Pick<PlaybookDefinition, 'name' | 'kind' | 'purpose' | 'target' | 'durationDays' | 'tasks'> &
    Partial<Pick<PlaybookDefinition, 'ownerRole'>> & { run?: Partial<PlaybookDefinition['run']> },
): BuiltInPlaybook => ({
  key,
  definition: {
    ownerRole: 'csm',
    triggers: { segmentIds: [], alertRuleIds: [] },
    ...definition,
    run: {
      againAfterDays: 90,
      oneAtATime: true,
      cancelWhenConditionStops: false,
      cancelOpenTasks: true,
      ...definition.run,
    },
  },
});
