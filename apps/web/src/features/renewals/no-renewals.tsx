import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.js';
import { plural } from '../../lib/format.js';
import type { RenewalScope } from './renewal-filters.js';

interface NoRenewalsProps {
  scope: RenewalScope;
  filters: number;
  onClear: () => void;
  onAll: () => void;
}

/** In place of rows: the filters leave nothing, or nothing is due. */
export function NoRenewals({ scope, filters, onClear, onAll }: NoRenewalsProps) {
  if (filters > 0) {
    return (
      <EmptyState
        title="No renewal matches"
        text={`None meets ${plural(filters, 'filter')}.`}
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  const whence = 'Renewals follow from the end of active subscriptions, or from an account’s renewal date.';
  return (
    <EmptyState
      title="Nothing is due in the next 12 months"
      text={scope === 'mine' ? `None of the accounts that you look after. ${whence}` : whence}
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
