import { Button } from '@mantine/core';
import type { GoalScope } from '@steward/shared/goals';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';

interface NoGoalsProps {
  scope: GoalScope;
  filters: number;
  onClear: () => void;
  onAll: () => void;
}

const NONE: Record<GoalScope, string> = {
  mine: 'No live goal is yours. Goals come when somebody starts a playbook on an account, or when it starts by itself.',
  team: 'Nobody of your team has a live goal.',
  all: 'No playbook runs on the accounts that you see. Start one on an account with P, from an alert, or for many accounts at once.',
};

/** In place of goals: the filters leave nothing, there are none yet, or the role sees no more. */
export function NoGoals({ scope, filters, onClear, onAll }: NoGoalsProps) {
  const mayStart = useMe().permissions.includes('goals:write');
  if (filters > 0) {
    return (
      <EmptyState
        title="No goal matches"
        text={`None meets ${plural(filters, 'filter')}.`}
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No live goals"
      text={
        mayStart
          ? NONE[scope]
          : `${NONE[scope].split('. ')[0]}. Your role looks on: a CSM, an account manager or a manager starts them.`
      }
      action={
        scope === 'all' ? (
          <Button variant="default" component={Link} to="/goals/playbooks">
            See the playbooks
          </Button>
        ) : (
          <Button variant="default" onClick={onAll}>
            Show all
          </Button>
        )
      }
    />
  );
}
