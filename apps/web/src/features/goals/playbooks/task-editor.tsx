import { ActionIcon, Checkbox, Menu, NumberInput, Select, Skeleton, Switch, Textarea, TextInput } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import {
  PLAYBOOK_LIMITS,
  PLAYBOOK_ROLES,
  type PlaybookRole,
  TASK_ANCHORS,
  type TaskAnchor,
} from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';
import { IconChevronDown, IconChevronRight, IconDots, IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { dueWords } from '../../../components/goal/due-words.js';
import { ANCHOR_WORDS, ROLE_WORDS } from '../../../components/goal/goal-words.js';
import { useSegments } from '../../../lib/segments.js';
import { dueOf, errorAt, errorsWithin, type PlacedError, type TaskDraft } from './playbook-draft.js';
import classes from './playbook-form.module.css';

const RuleBuilder = lazy(() =>
  import('../../../components/rule-builder/rule-builder.js').then((module) => ({ default: module.RuleBuilder })),
);

const DRAGGED = 'application/x-steward-task';
const TOUCHED: Rule = {
  kind: 'all',
  rules: [{ kind: 'compare', field: 'health.band', op: 'eq', value: 'healthy' }],
};

interface TaskEditorProps {
  task: TaskDraft;
  place: number;
  count: number;
  catalogue: readonly CatalogueField[];
  errors: readonly PlacedError[];
  isUnfolded: boolean;
  onFold: () => void;
  onChange: (task: TaskDraft) => void;
  onMove: (to: number) => void;
  onDropped: (id: string) => void;
  onCopy: () => void;
  onRemove: () => void;
}

/** One task: what it says in a line, and its fields when it is unfolded. */
export function TaskEditor(props: TaskEditorProps) {
  const { task, place, count, errors, isUnfolded, onFold, onMove, onDropped, onCopy, onRemove } = props;
  const [isTarget, setIsTarget] = useState(false);
  const name = task.title === '' ? `Task ${place + 1}` : task.title;
  const due = dueOf(task.due);
  const isTask = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(DRAGGED);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    onMove(place + by);
  };
  const Fold = isUnfolded ? IconChevronDown : IconChevronRight;
  return (
    <li
      className={classes.task}
      data-task={task.id}
      data-target={isTarget || undefined}
      data-wrong={errorAt(errors, `tasks.${place}`) !== undefined || undefined}
      onDragOver={(event) => {
        if (!isTask(event)) return;
        event.preventDefault();
        setIsTarget(true);
      }}
      onDragLeave={() => setIsTarget(false)}
      onDrop={(event) => {
        setIsTarget(false);
        if (!isTask(event)) return;
        event.preventDefault();
        onDropped(event.dataTransfer.getData(DRAGGED));
      }}
    >
      <div className={classes.taskHead}>
        <ActionIcon
          size={24}
          className={classes.handle}
          data-handle
          draggable
          aria-label={`Move ${name}: ${place + 1} of ${count}, with the arrow keys`}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAGGED, task.id);
            event.dataTransfer.effectAllowed = 'move';
          }}
          onKeyDown={onKeyDown}
        >
          <IconGripVertical size={14} aria-hidden />
        </ActionIcon>
        <button type="button" className={classes.fold} aria-expanded={isUnfolded} onClick={onFold}>
          <Fold size={14} aria-hidden />
          <span className={classes.taskName}>{name}</span>
          <span className={classes.dim}>
            {due === null ? 'no day yet' : dueWords(due)} · {ROLE_WORDS[task.role]}
            {task.required ? '' : ' · optional'}
            {task.completesWhen === undefined ? '' : ' · completes itself'}
          </span>
        </button>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon size={24} aria-label={`More for ${name}`}>
              <IconDots size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={place === 0} onClick={() => onMove(place - 1)}>
              Move up
            </Menu.Item>
            <Menu.Item disabled={place === count - 1} onClick={() => onMove(place + 1)}>
              Move down
            </Menu.Item>
            <Menu.Item onClick={onCopy}>Duplicate</Menu.Item>
            <Menu.Item onClick={onRemove}>Remove</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {isUnfolded ? <TaskFields {...props} /> : null}
    </li>
  );
}

function TaskFields({ task, place, catalogue, errors, onChange }: TaskEditorProps) {
  const set = (change: Partial<TaskDraft>) => onChange({ ...task, ...change });
  const errorOf = (field: string) => errorAt(errors, `tasks.${place}.${field}`);
  const due = dueOf(task.due);
  const setDue = (change: Partial<TaskDraft['due']>) => set({ due: { ...task.due, ...change } });
  return (
    <div className={classes.taskFields}>
      <TextInput
        label="Title"
        required
        maxLength={200}
        error={errorOf('title')}
        value={task.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Guidance"
        description="How to do it well; it stands with the task"
        autosize
        minRows={2}
        maxRows={12}
        maxLength={5000}
        error={errorOf('guidance')}
        value={task.guidance}
        onChange={(event) => set({ guidance: event.currentTarget.value })}
      />
      <fieldset className={classes.due}>
        <legend>Due {due === null ? '' : dueWords(due)}</legend>
        <div className={classes.sentence}>
          <NumberInput
            aria-label="Days"
            w={72}
            min={0}
            max={PLAYBOOK_LIMITS.offset}
            allowDecimal={false}
            allowNegative={false}
            error={errorOf('due')}
            value={task.due.days ?? ''}
            onChange={(days) => setDue({ days: typeof days === 'number' ? days : null })}
          />
          <Select
            aria-label="Unit"
            w={142}
            data={[
              { value: 'business', label: 'business days' },
              { value: 'calendar', label: 'calendar days' },
            ]}
            value={task.due.unit}
            onChange={(unit) => unit !== null && setDue({ unit: unit as TaskDraft['due']['unit'] })}
          />
          <Select
            aria-label="Before or after"
            w={92}
            data={['after', 'before']}
            value={task.due.side}
            onChange={(side) => side !== null && setDue({ side: side as 'after' | 'before' })}
          />
          <Select
            aria-label="Counted from"
            w={210}
            data={TASK_ANCHORS.map((value) => ({ value, label: ANCHOR_WORDS[value] }))}
            value={task.due.anchor}
            onChange={(anchor) => anchor !== null && setDue({ anchor: anchor as TaskAnchor })}
          />
        </div>
      </fieldset>
      <div className={classes.sentence}>
        <Select
          label="Who does it"
          w={190}
          data={PLAYBOOK_ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }))}
          value={task.role}
          onChange={(role) => role !== null && set({ role: role as PlaybookRole })}
        />
        <Checkbox
          mt={26}
          label="Required"
          checked={task.required}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
      </div>
      <CompletesItself
        task={task}
        catalogue={catalogue}
        errors={errorsWithin(errors, `tasks.${place}.completesWhen`)}
        onChange={(completesWhen) => set({ completesWhen })}
      />
    </div>
  );
}

interface CompletesItselfProps {
  task: TaskDraft;
  catalogue: readonly CatalogueField[];
  errors: readonly PlacedError[];
  onChange: (rule: Rule | null | undefined) => void;
}

function CompletesItself({ task, catalogue, errors, onChange }: CompletesItselfProps) {
  const segments = useSegments();
  // What the builder begins with: it keeps what is being written itself.
  const [start] = useState(task.completesWhen ?? TOUCHED);
  return (
    <>
      <Switch
        size="xs"
        label="Completes itself when something holds for the account"
        checked={task.completesWhen !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? start : undefined)}
      />
      {task.completesWhen === undefined ? null : (
        <Suspense fallback={<Skeleton h={100} />}>
          <RuleBuilder
            of="account"
            catalogue={catalogue}
            purpose="segment"
            segments={segments}
            value={start}
            onChange={onChange}
            errors={errors}
          />
        </Suspense>
      )}
    </>
  );
}
