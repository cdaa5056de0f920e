import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { EmptyState } from '../ui/empty-state.js';
import { noAccountsWords } from '../ui/no-accounts-words.js';
import { filtersSet, NO_REPORT_FILTERS, type ReportQuestion, type ReportSearch } from './report-search.js';

interface ReportEmptyProps {
  question: ReportQuestion;
  /** What the page is about: "live account", "customer". */
  what: string;
  /** What has to be delivered for it where there are accounts; absent where accounts themselves are missing. */
  rests?: string;
  onChange: (change: ReportSearch) => void;
}

/** Nothing to show, and which it is: filters that leave nothing, a period without any, or no accounts at all. */
export function ReportEmpty({ question, what, rests, onChange }: ReportEmptyProps) {
  const { user, permissions } = useMe();
  const filters = filtersSet(question);
  if (filters > 0) {
    return (
      <EmptyState
        title={`No ${what} matches`}
        text={`${plural(filters, 'filter')} leave${filters === 1 ? 's' : ''} none in these months.`}
        action={
          <Button variant="default" onClick={() => onChange(NO_REPORT_FILTERS)}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  const words = noAccountsWords(user.role);
  return (
    <EmptyState
      title={`No ${what} in these months`}
      text={rests ?? `No account that you see has figures for these months. ${words.text}`}
      action={
        permissions.includes('imports:write') ? (
          <Button component={Link} to="/data/import" variant="default">
            {rests === undefined ? 'Import accounts' : 'Import data'}
          </Button>
        ) : null
      }
    />
  );
}
