import { UnstyledButton } from '@mantine/core';
import type { AccountCount } from '@steward/shared/accounts';
import { useQuery } from '@tanstack/react-query';
import { accountCountQuery } from '../../components/account-grid/count-accounts.js';
import { formatNumber } from '../../lib/format.js';
import { questionOf } from './account-question.js';
import classes from './accounts-page.module.css';
import { filtersFromSearch, searchFromFilters } from './filters.js';

/** Those of the list who have left, whatever their band; null where the list is of chosen statuses anyway. */
export function useChurnedCount(filterText: string, asOf: string | undefined, myId: string): AccountCount | null {
  const filters = filtersFromSearch(JSON.parse(filterText) as Record<string, string>);
  const isOpen = filters.statuses.length === 0;
  const text = JSON.stringify(searchFromFilters({ ...filters, statuses: ['churned'] }));
  const { data } = useQuery({ ...accountCountQuery(questionOf(text, asOf, myId, [])), enabled: isOpen });
  return isOpen ? (data ?? null) : null;
}

interface ChurnedNoteProps {
  churned: AccountCount;
  onLeaveOut: () => void;
}

/** Says that the bands beside it count those who have left, under their last band; one click leaves them out. */
export function ChurnedNote({ churned, onLeaveOut }: ChurnedNoteProps) {
  const { at_risk: atRisk = 0 } = churned.byBand;
  return (
    <span title="Those who have left keep the band that they had last">
      with {formatNumber(churned.accounts)} churned{atRisk > 0 ? `, ${formatNumber(atRisk)} of them at risk` : ''} ·{' '}
      <UnstyledButton className={classes.leaveOut} onClick={onLeaveOut}>
        leave out
      </UnstyledButton>
    </span>
  );
}
