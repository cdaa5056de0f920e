import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AccountPage, AccountQuery } from '@steward/shared/accounts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../lib/api.js';

export interface PickedAccount {
  id: string;
  name: string;
}

/** POST /accounts/query: by name, id or domain; without a text the largest. */
const namedAccountsQuery = (text: string) =>
  queryOptions({
    queryKey: ['accounts', 'named', text],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const body: AccountQuery = { text, limit: 12, sort: [{ field: 'account.arr', direction: 'desc' }] };
      return request<AccountPage>('POST', '/accounts/query', { body, signal });
    },
  });

interface AccountPickerProps {
  account: PickedAccount | null;
  onPick: (account: PickedAccount) => void;
  autoFocus?: boolean;
  isRequired?: boolean;
}

/** Which account it is about, where none is in view. */
export function AccountPicker({ account, onPick, autoFocus = false, isRequired = true }: AccountPickerProps) {
  const [text, setText] = useState(account?.name ?? '');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const { data } = useQuery(namedAccountsQuery(settled === account?.name ? '' : settled));
  const found = data?.rows ?? [];
  const options = found.map((row) => ({ value: row.id, label: row.name }));
  if (account && !options.some(({ value }) => value === account.id)) {
    options.unshift({ value: account.id, label: account.name });
  }
  return (
    <Select
      label="Account"
      placeholder="Name, id or domain"
      required={isRequired}
      searchable
      data-autofocus={autoFocus || undefined}
      nothingFoundMessage={data ? 'No account matches' : 'Looking…'}
      data={options}
      // Matched by the server.
      filter={({ options: all }) => all}
      value={account?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => {
        const picked = options.find(({ value }) => value === id);
        if (picked) onPick({ id: picked.value, name: picked.label });
      }}
    />
  );
}
