import { Button } from '@mantine/core';
import type { TaskQuestion } from '../../components/task/get-tasks.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { plural } from '../../lib/format.js';
import { filtersSet } from './task-filters.js';

interface NoTasksProps {
  question: TaskQuestion;
  onClear: () => void;
  /** Null: all are shown already, or may not be asked for. */
  onAll: (() => void) | null;
}

const NOTHING: Record<TaskQuestion['scope'], string> = {
  mine: 'Nothing waits for you. Tasks come from playbooks, from next steps of touches, and by hand.',
  team: 'Nothing waits for your team.',
  unassigned: 'Every task has somebody. Those whose owner is missing or has left wait here to be given out.',
  all: 'Nobody has an open task on the accounts that you see.',
};

/** In place of rows: the filters leave nothing, or there is nothing to do. */
export function NoTasks({ question, onClear, onAll }: NoTasksProps) {
  const filters = filtersSet(question);
  if (filters > 0) {
    return (
      <EmptyState
        title="No task matches"
        text={`None meets ${plural(filters, 'filter')}.`}
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  if (question.state !== undefined) {
    return <EmptyState title="None has ended yet" text="Tasks that are done, skipped or cancelled stand here." />;
  }
  return (
    <EmptyState
      title="Nothing to do"
      text={NOTHING[question.scope]}
      action={
        question.scope === 'all' || onAll === null ? null : (
          <Button variant="default" onClick={onAll}>
            Show all
          </Button>
        )
      }
    />
  );
}
