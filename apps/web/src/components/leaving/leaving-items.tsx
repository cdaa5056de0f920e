import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { leavingQuery } from '../renewal/get-renewals.js';
import { useLeaving } from './change-leaving.js';

interface LeavingItemsProps {
  account: { id: string; name: string; status: string; leavesOn: string | null; noticeGivenOn: string | null };
  onAsk: (what: 'notice' | 'churn') => void;
}

/** What a menu of the account offers about leaving: customers may give notice and go, and each is taken back. */
export function LeavingItems({ account, onAsk }: LeavingItemsProps) {
  const { stay, undoChurn } = useLeaving(account);
  const isCustomer = account.status === 'customer';
  const { data } = useQuery({ ...leavingQuery(account.id), enabled: isCustomer || account.status === 'churned' });
  const leaving = account.leavesOn !== null || account.noticeGivenOn !== null;
  if (account.status === 'churned') {
    // Only what a person recorded here can be taken back; an import's word is changed at its source.
    return data?.churn ? (
      <Menu.Item onClick={() => undoChurn.mutate()}>They have not left: take the churn back</Menu.Item>
    ) : null;
  }
  if (!isCustomer) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item onClick={() => onAsk('notice')}>{leaving ? 'Change the notice…' : 'Notice was given…'}</Menu.Item>
      {leaving && data ? <Menu.Item onClick={() => stay.mutate(data)}>They stay after all</Menu.Item> : null}
      <Menu.Item onClick={() => onAsk('churn')}>Record churn…</Menu.Item>
    </>
  );
}
