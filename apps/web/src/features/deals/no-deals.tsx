import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.js';
import { plural } from '../../lib/format.js';
import type { DealScope, Show } from './deal-filters.js';

interface NoDealsProps {
  show: Show;
  scope: DealScope;
  filters: number;
  onClear: () => void;
  onAll: () => void;
}

const TITLES: Record<Show, string> = {
  board: 'No open deals',
  list: 'No open deals',
  unbilled: 'Nothing won that is not yet billed',
  ended: 'No deal has ended',
};

const WHERE_FROM = 'Deals come from an import, from the API, or by hand: on the page of an account, under Revenue.';
const TEXTS: Record<Show, string> = {
  board: WHERE_FROM,
  list: WHERE_FROM,
  unbilled: 'Every deal that was won has been followed by its account’s subscriptions.',
  ended: 'Deals that were won or lost stand here, the newest first.',
};

/** In place of deals: the filters leave nothing, or there is nothing of this kind. */
export function NoDeals({ show, scope, filters, onClear, onAll }: NoDealsProps) {
  if (filters > 0) {
    return (
      <EmptyState
        title="No deal matches"
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
      title={TITLES[show]}
      text={scope === 'mine' ? `None of yours. ${TEXTS[show]}` : TEXTS[show]}
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
