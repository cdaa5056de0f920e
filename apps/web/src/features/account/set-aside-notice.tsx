import { Alert } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { formatDay } from '../../lib/days.js';

/** That an account's figures stand still because its data cannot be computed, and what brings it back. */
export function SetAsideNotice({ setAside }: Pick<AccountDetail, 'setAside'>) {
  if (setAside === null) return null;
  return (
    <Alert color="yellow" variant="light" role="status" p="xs" title="Not computed">
      The data of this account could not be computed for {formatDay(setAside.asOf)} ({setAside.code}): what is shown is
      from before. It is tried again with the account’s next fact, and each night.
    </Alert>
  );
}
