import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.js';
import frame from '../../components/ui/frame.module.css';
import { noAccountsWords } from '../../components/ui/no-accounts-words.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { type AccountFilters, isFiltered, searchFromFilters } from './filters.js';

interface NoAccountsProps {
  filters: AccountFilters;
  past: boolean;
  onClear: () => void;
}

/** In place of rows: no account meets the filters, or there is nothing at all to show. */
export function NoAccounts({ filters, past, onClear }: NoAccountsProps) {
  return (
    <div className={frame.overGrid}>
      {isFiltered(filters) ? (
        <EmptyState
          title="No account matches"
          text={`None of your accounts meets ${plural(activeFilters(filters), 'filter')}${past ? ' on that day' : ''}.`}
          action={
            <Button variant="default" onClick={onClear}>
              Clear the filters
            </Button>
          }
        />
      ) : (
        <NothingAtAll past={past} />
      )}
    </div>
  );
}

const activeFilters = (filters: AccountFilters): number =>
  Object.values(searchFromFilters(filters)).filter((value) => value !== undefined).length;

/** Nothing that day, or nobody has given this person an account yet. */
function NothingAtAll({ past }: { past: boolean }) {
  const { role } = useMe().user;
  return past ? (
    <EmptyState
      title="No accounts on that day"
      text="There is no snapshot of that day with an account of yours. Snapshots are made each night; those of earlier days are computed from dated facts by “backfill” of the command line."
    />
  ) : (
    <EmptyState {...noAccountsWords(role)} />
  );
}
