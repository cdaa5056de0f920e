import type { GoalTarget, Playbook, PlaybookDefinition, TaskTemplate } from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';
import { ApiError } from '../../../lib/api.js';

/** A playbook while it is being written: numbers and conditions are null until they are given. */

export interface TaskDraft extends Omit<TaskTemplate, 'key' | 'due' | 'completesWhen'> {
  /** Of this page alone. */
  id: string;
  /** Null: a new task, which gets one from its title. */
  key: string | null;
  due: {
    anchor: TaskTemplate['due']['anchor'];
    days: number | null;
    side: 'after' | 'before';
    unit: TaskTemplate['due']['unit'];
  };
  /** Undefined: only a person completes it; null: its condition is not finished. */
  completesWhen: Rule | null | undefined;
}

export type TargetDraft =
  | { kind: 'signal'; field: string | null; op: 'gte' | 'lte'; value: number | null }
  | Exclude<GoalTarget, { kind: 'signal' }>;

export interface PlaybookDraft extends Omit<PlaybookDefinition, 'target' | 'durationDays' | 'tasks' | 'run'> {
  target: TargetDraft;
  durationDays: number | null;
  tasks: TaskDraft[];
  run: Omit<PlaybookDefinition['run'], 'againAfterDays'> & {
    /** Undefined: never again by itself. */
    againAfterDays: number | null | undefined;
  };
  enabled: boolean;
}

let made = 0;
const nextId = (): string => {
  made += 1;
  return `task-${made}`;
};

const NEW_PLAYBOOK: PlaybookDraft = {
  name: '',
  kind: 'adoption',
  purpose: '',
  target: { kind: 'signal', field: null, op: 'gte', value: null },
  durationDays: 60,
  ownerRole: 'csm',
  tasks: [],
  triggers: { segmentIds: [], alertRuleIds: [] },
  run: { againAfterDays: undefined, oneAtATime: true, cancelWhenConditionStops: false, cancelOpenTasks: true },
  enabled: true,
};

export const newTask = (): TaskDraft => ({
  id: nextId(),
  key: null,
  title: '',
  guidance: '',
  due: { anchor: 'goalStart', days: 5, side: 'after', unit: 'business' },
  role: 'csm',
  required: true,
  completesWhen: undefined,
});

const taskDraftOf = ({ due, completesWhen, ...task }: TaskTemplate): TaskDraft => ({
  ...task,
  id: nextId(),
  due: { anchor: due.anchor, days: Math.abs(due.offset), side: due.offset < 0 ? 'before' : 'after', unit: due.unit },
  completesWhen: completesWhen ?? undefined,
});

export function draftOf(playbook: Pick<Playbook, 'definition' | 'enabled'> | null): PlaybookDraft {
  if (playbook === null) return NEW_PLAYBOOK;
  const { definition, enabled } = playbook;
  const { againAfterDays, ...run } = definition.run;
  return {
    ...definition,
    tasks: definition.tasks.map(taskDraftOf),
    run: { ...run, againAfterDays: againAfterDays ?? undefined },
    enabled,
  };
}

/** A copy of a task, to stand below it. */
export const copyOfTask = (task: TaskDraft): TaskDraft => ({
  ...task,
  id: nextId(),
  key: null,
  title: task.title === '' ? '' : `${task.title.slice(0, 193)} (copy)`,
});

/** The task at another place; as it was where that is none. */
export function movedTask(tasks: readonly TaskDraft[], id: string, to: number): TaskDraft[] {
  const task = tasks.find((each) => each.id === id);
  if (task === undefined || to < 0 || to >= tasks.length) return [...tasks];
  const others = tasks.filter((each) => each.id !== id);
  return [...others.slice(0, to), task, ...others.slice(to)];
}

/** `Kick-off call!` → `kick-off-call`: small letters, digits and dashes, beginning with a letter. */
export function keyOfTitle(title: string, taken: ReadonlySet<string>): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  const base = plain === '' ? 'task' : plain;
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}

/** Tasks keep the key that they have: running goals know them by it. */
function keysOf(tasks: readonly TaskDraft[]): string[] {
  const taken = new Set(tasks.flatMap(({ key }) => (key === null ? [] : [key])));
  return tasks.map(({ key, title }) => {
    const found = key ?? keyOfTitle(title, taken);
    taken.add(found);
    return found;
  });
}

export const dueOf = ({ anchor, days, side, unit }: TaskDraft['due']): TaskTemplate['due'] | null =>
  days === null ? null : { anchor, unit, offset: side === 'before' && days > 0 ? -days : days };

export function targetOf(target: TargetDraft): GoalTarget | null {
  if (target.kind !== 'signal') return target;
  const { field, value } = target;
  return field === null || value === null ? null : { ...target, field, value };
}

/** What is sent; null while something is missing. */
export function definitionOf(draft: PlaybookDraft): PlaybookDefinition | null {
  if (Object.keys(missingIn(draft)).length > 0) return null;
  const target = targetOf(draft.target);
  const keys = keysOf(draft.tasks);
  const tasks = draft.tasks.flatMap(({ id: _id, completesWhen, due, ...task }, index): TaskTemplate[] => {
    const found = dueOf(due);
    const key = keys[index];
    return found === null || key === undefined || completesWhen === null
      ? []
      : [{ ...task, title: task.title.trim(), key, due: found, completesWhen: completesWhen ?? null }];
  });
  const { enabled: _enabled, ...said } = draft;
  const { againAfterDays } = draft.run;
  if (target === null || draft.durationDays === null) return null;
  return {
    ...said,
    name: draft.name.trim(),
    purpose: draft.purpose.trim(),
    target,
    durationDays: draft.durationDays,
    tasks,
    run: { ...draft.run, againAfterDays: againAfterDays ?? null },
  };
}

/** What is still to be filled in, by place. */
export function missingIn(draft: PlaybookDraft): Record<string, string> {
  const { name, target, durationDays, tasks, run } = draft;
  const missing: Record<string, string> = {};
  if (name.trim() === '') missing.name = 'Enter a name';
  if (target.kind === 'signal' && target.field === null) missing['target.field'] = 'Choose what is measured';
  if (target.kind === 'signal' && target.value === null) missing['target.value'] = 'Enter a number';
  if (target.kind === 'tasks' && !tasks.some(({ required }) => required)) {
    missing.tasks = 'The target is that all required tasks are done, so one has to be required';
  }
  if (durationDays === null) missing.durationDays = 'Enter a number of days';
  if (run.againAfterDays === null) missing['run.againAfterDays'] = 'Enter a number of days';
  tasks.forEach(({ title, due, completesWhen }, index) => {
    if (title.trim() === '') missing[`tasks.${index}.title`] = 'Say what is to be done';
    if (due.days === null) missing[`tasks.${index}.due`] = 'Enter a number of days';
    if (completesWhen === null) missing[`tasks.${index}.completesWhen`] = 'A condition is not finished';
  });
  return missing;
}

export interface PlacedError {
  path: string;
  message: string;
}

/** What a refusal says of a definition, with places within it. */
export function errorsOf(error: Error | null): PlacedError[] {
  if (!(error instanceof ApiError)) return [];
  return error.details.flatMap(({ path, message }) =>
    path.startsWith('definition.') ? [{ path: path.slice('definition.'.length), message }] : [],
  );
}

/** What is said of one place, or of what lies within it; undefined: nothing. */
export function errorAt(errors: readonly PlacedError[], place: string): string | undefined {
  const said = errors.filter(({ path }) => path === place || path.startsWith(`${place}.`));
  return said.length === 0 ? undefined : said.map(({ message }) => message).join('; ');
}

/** What is said within a place, with places within that. */
export const errorsWithin = (errors: readonly PlacedError[], place: string): PlacedError[] =>
  errors
    .filter(({ path }) => path === place || path.startsWith(`${place}.`))
    .map(({ path, message }) => ({ path: path.slice(place.length).replace(/^\./, ''), message }));
