import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { playbookDefinitionSchema } from '@steward/shared/playbooks';
import { ApiError } from '../../../lib/api.js';
import {
  copyOfTask,
  definitionOf,
  draftOf,
  errorAt,
  errorsOf,
  errorsWithin,
  keyOfTitle,
  missingIn,
  movedTask,
  newTask,
  type PlaybookDraft,
} from './playbook-draft.js';
import { changesInWords } from './playbook-words.js';

const aDefinition = (changes: Partial<PlaybookDefinition> = {}): PlaybookDefinition => ({
  name: 'Save the account',
  kind: 'retention',
  purpose: 'Win them back.',
  target: { kind: 'signal', field: 'health.score', op: 'gte', value: 71 },
  durationDays: 60,
  ownerRole: 'csm',
  tasks: [
    {
      key: 'call',
      title: 'Call the sponsor',
      guidance: '',
      due: { anchor: 'goalStart', offset: 2, unit: 'business' },
      role: 'csm',
      required: true,
      completesWhen: null,
    },
    {
      key: 'offer',
      title: 'Send the offer',
      guidance: 'Short.',
      due: { anchor: 'renewalDate', offset: -30, unit: 'calendar' },
      role: 'am',
      required: false,
      completesWhen: { kind: 'all', rules: [{ kind: 'compare', field: 'health.band', op: 'eq', value: 'healthy' }] },
    },
  ],
  triggers: { segmentIds: [], alertRuleIds: [] },
  run: { againAfterDays: null, oneAtATime: true, cancelWhenConditionStops: true, cancelOpenTasks: false },
  ...changes,
});
const aDraft = (changes: Partial<PlaybookDraft> = {}): PlaybookDraft => ({
  ...draftOf({ definition: aDefinition(), enabled: true }),
  ...changes,
});

it('says after a look what it said before', () => {
  expect(definitionOf(aDraft())).toEqual(aDefinition());
});

it('is not sent while anything is missing, and says what', () => {
  const draft = aDraft({
    name: ' ',
    durationDays: null,
    target: { kind: 'signal', field: null, op: 'gte', value: null },
    tasks: [{ ...newTask(), completesWhen: null }],
  });
  expect(definitionOf(draft)).toBeNull();
  expect(Object.keys(missingIn(draft)).sort()).toEqual([
    'durationDays',
    'name',
    'target.field',
    'target.value',
    'tasks.0.completesWhen',
    'tasks.0.title',
  ]);
});

it('needs a required task where tasks are the target', () => {
  expect(missingIn(aDraft({ target: { kind: 'tasks' }, tasks: [] }))).toHaveProperty('tasks');
});

it('gives new tasks a key of their own, and leaves those that running goals know', () => {
  const [first] = aDraft().tasks;
  if (!first) throw new Error('no task');
  const tasks = [
    first,
    copyOfTask(first),
    { ...newTask(), title: 'Call the sponsor (copy)' },
    { ...newTask(), title: '90 days!' },
  ];
  const definition = definitionOf(aDraft({ tasks }));
  expect(definition?.tasks.map(({ key }) => key)).toEqual([
    'call',
    'call-the-sponsor-copy',
    'call-the-sponsor-copy-2',
    'days',
  ]);
  expect(playbookDefinitionSchema.safeParse(definition).success).toBe(true);
  expect(keyOfTitle('你好', new Set())).toBe('task');
});

it('moves a task up and down, and not beyond the ends', () => {
  const { tasks } = aDraft();
  const [a, b] = tasks;
  if (!a || !b) throw new Error('no tasks');
  expect(movedTask(tasks, a.id, 1)).toEqual([b, a]);
  expect(movedTask(tasks, b.id, 0)).toEqual([b, a]);
  expect(movedTask(tasks, b.id, 2)).toEqual([a, b]);
});

it('puts what the server says beside the field it says it of', () => {
  const errors = errorsOf(
    new ApiError(400, 'PLAYBOOK_NOT_VALID', 'It cannot be kept', [
      { path: 'definition.target.field', code: 'UNKNOWN_FIELD', message: 'there is no field x' },
      { path: 'definition.tasks.1.completesWhen.rules.0.value', code: 'WRONG', message: 'no such band' },
      { path: 'revision', code: 'WRONG', message: 'elsewhere' },
    ]),
  );
  expect(errorAt(errors, 'target.field')).toBe('there is no field x');
  expect(errorAt(errors, 'tasks.0')).toBeUndefined();
  expect(errorAt(errors, 'tasks.1')).toBe('no such band');
  expect(errorsWithin(errors, 'tasks.1.completesWhen')).toEqual([{ path: 'rules.0.value', message: 'no such band' }]);
});

it('tells what a version changed, in words', () => {
  const [call, offer] = aDefinition().tasks;
  if (!call || !offer) throw new Error('no tasks');
  const after = aDefinition({
    durationDays: 90,
    tasks: [{ ...call, due: { anchor: 'goalStart', offset: 5, unit: 'business' } }, { ...newTaskOf(call) }],
  });
  expect(changesInWords(aDefinition(), after, { catalogue: [], segments: [], playbooks: [], rules: [] })).toEqual([
    'Duration: 90 days (was: 60 days)',
    'Task “Call the sponsor”: 5 business days after the start, CSM, required (was: Task “Call the sponsor”: 2 business days after the start, CSM, required)',
    'Added: Task “Meet them”: 2 business days after the start, CSM, required',
    'Removed: task “Send the offer”',
  ]);
  expect(
    changesInWords(aDefinition(), aDefinition(), { catalogue: [], segments: [], playbooks: [], rules: [] }),
  ).toEqual([]);
  const turned = aDefinition({ tasks: [offer, call] });
  expect(changesInWords(aDefinition(), turned, { catalogue: [], segments: [], playbooks: [], rules: [] })).toEqual([
    'Tasks in another order',
  ]);
});

function newTaskOf(task: PlaybookDefinition['tasks'][number]): PlaybookDefinition['tasks'][number] {
  return { ...task, key: 'meet', title: 'Meet them' };
}
