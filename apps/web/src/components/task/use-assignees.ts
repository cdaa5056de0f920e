import { useQuery } from '@tanstack/react-query';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { peopleQuery } from '../touch/get-people.js';

/** To whom a task may be given, oneself first: those who see the account and act; without an account its possible owners. */
export function useAssignees(accountId: string | null): { value: string; label: string }[] {
  const { user } = useMe();
  const owners = fieldOf(useCatalogue(), 'account.csm')?.options ?? [];
  const { data } = useQuery({ ...peopleQuery(accountId ?? ''), enabled: accountId !== null });
  const people =
    accountId === null
      ? owners
      : (data ?? [])
          .filter(({ role }) => role !== 'viewer')
          .map(({ userId, name }) => ({ value: userId, label: name }));
  return [{ value: user.id, label: `${user.fullName} (you)` }, ...people.filter(({ value }) => value !== user.id)];
}
