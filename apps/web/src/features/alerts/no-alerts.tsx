import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.js';
import { plural } from '../../lib/format.js';
import type { InboxScope } from './inbox-filters.js';

interface NoAlertsProps {
  scope: InboxScope;
  filters: number;
  onClear: () => void;
  onAll: () => void;
}

const NOBODYS: Record<InboxScope, string> = {
  mine: 'Nothing waits for you. Alerts come to you by the accounts that you look after, or when somebody assigns one.',
  team: 'Nothing waits for your team.',
  all: 'No rule has anything to say about the accounts that you see. Alerts come with the next facts, and each night.',
};

/** In place of rows: the filters leave nothing, or there is nothing to triage. */
export function NoAlerts({ scope, filters, onClear, onAll }: NoAlertsProps) {
  if (filters > 0) {
    return (
      <EmptyState
        title="No alert matches"
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
      title="Nothing to triage"
      text={NOBODYS[scope]}
      action={
        scope === 'all' ? null : (
          <Button variant="default" onClick={onAll}>
            Show all
          </Button>
        )
      }
    />
  );
}
