import { useQuery } from '@tanstack/react-query';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { peopleQuery } from '../touch/get-people.js';

interface PersonOption {
  value: string;
  label: string;
}

/** To whom work may be given, oneself first: those who act, and see the account where there is one. */
export function useAssignees(accountId: string | null): PersonOption[] {
  const everyone = useEveryone();
  const { data } = useQuery({ ...peopleQuery(accountId ?? ''), enabled: accountId !== null });
  const people =
    accountId === null
      ? everyone.filter(({ acts }) => acts)
      : (data ?? [])
          .filter(({ role }) => role !== 'viewer')
          .map(({ userId, name }) => ({ value: userId, label: name }));
  return useOneselfFirst(people);
}

/** Whose work may be looked for, oneself first: also of those who have left, or only look on by now. */
export function usePeople(): PersonOption[] {
  return useOneselfFirst(useEveryone());
}

const useEveryone = () => fieldOf(useCatalogue(), 'account.csm')?.options ?? [];

function useOneselfFirst(people: readonly PersonOption[]): PersonOption[] {
  const { user } = useMe();
  const others = people.filter(({ value }) => value !== user.id).map(({ value, label }) => ({ value, label }));
  return [{ value: user.id, label: `${user.fullName} (you)` }, ...others];
}
