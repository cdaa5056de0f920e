import { Button } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { PLAYBOOK_LIMITS } from '@steward/shared/playbooks';
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import frame from '../../../components/ui/frame.module.css';
import { copyOfTask, errorAt, movedTask, newTask, type PlacedError, type TaskDraft } from './playbook-draft.js';
import classes from './playbook-form.module.css';
import { TaskEditor } from './task-editor.js';

interface TaskListEditorProps {
  tasks: readonly TaskDraft[];
  catalogue: readonly CatalogueField[];
  errors: readonly PlacedError[];
  onChange: (tasks: TaskDraft[]) => void;
}

/** The tasks of a playbook: added, put in order by mouse and keyboard, copied, and taken off with a way back. */
export function TaskListEditor({ tasks, catalogue, errors, onChange }: TaskListEditorProps) {
  const list = useRef<HTMLOListElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = useState<{ task: TaskDraft; index: number } | null>(null);
  const [said, setSaid] = useState('');
  const unfold = (id: string) => setUnfolded((now) => new Set([...now, id]));
  const focus = (id: string, on: string) =>
    setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-task="${id}"] ${on}`)?.focus());
  const insert = (task: TaskDraft, index: number) => {
    onChange([...tasks.slice(0, index), task, ...tasks.slice(index)]);
    unfold(task.id);
    focus(task.id, 'input');
  };
  const move = (id: string, to: number) => {
    if (to < 0 || to >= tasks.length) return;
    onChange(movedTask(tasks, id, to));
    setSaid(`Now ${to + 1} of ${tasks.length}`);
    focus(id, '[data-handle]');
  };
  return (
    <>
      {tasks.length === 0 ? <p className={classes.dim}>No tasks yet. A goal may be without any.</p> : null}
      <ol className={classes.tasks} ref={list} aria-label="Tasks">
        {tasks.map((task, index) => (
          <TaskEditor
            key={task.id}
            task={task}
            place={index}
            count={tasks.length}
            catalogue={catalogue}
            errors={errors}
            isUnfolded={unfolded.has(task.id) || errorAt(errors, `tasks.${index}`) !== undefined}
            onFold={() =>
              setUnfolded((now) =>
                now.has(task.id) ? new Set([...now].filter((id) => id !== task.id)) : new Set([...now, task.id]),
              )
            }
            onChange={(next) => onChange(tasks.map((each) => (each.id === task.id ? next : each)))}
            onMove={(to) => move(task.id, to)}
            onDropped={(id) => move(id, index)}
            onCopy={() => insert(copyOfTask(task), index + 1)}
            onRemove={() => {
              setRemoved({ task, index });
              onChange(tasks.filter(({ id }) => id !== task.id));
            }}
          />
        ))}
      </ol>
      <div className={classes.under}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={tasks.length >= PLAYBOOK_LIMITS.tasks}
          onClick={() => insert(newTask(), tasks.length)}
        >
          Add a task
        </Button>
        {removed === null ? null : (
          <span className={classes.removed} role="status">
            {removed.task.title === '' ? 'A task' : `“${removed.task.title}”`} was removed
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<IconArrowBackUp size={13} aria-hidden />}
              onClick={() => {
                onChange([...tasks.slice(0, removed.index), removed.task, ...tasks.slice(removed.index)]);
                setRemoved(null);
              }}
            >
              Undo
            </Button>
          </span>
        )}
      </div>
      <span className={frame.said} role="status">
        {said}
      </span>
    </>
  );
}
