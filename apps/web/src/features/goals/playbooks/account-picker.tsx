import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AccountPage, AccountQuery } from '@steward/shared/accounts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../../lib/api.js';

/** POST /accounts/query: the largest accounts whose name, id or domain match what is typed. */
const accountsCalledQuery = (text: string) =>
  queryOptions({
    queryKey: ['accounts', 'called', text],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const body: AccountQuery = { text, limit: 20, sort: [{ field: 'account.arr', direction: 'desc' }] };
      return request<AccountPage>('POST', '/accounts/query', { body, signal });
    },
  });

interface AccountPickerProps {
  value: { id: string; name: string } | null;
  onChange: (account: { id: string; name: string }) => void;
}

/** One account, found by what is typed; the largest ones first. */
export function AccountPicker({ value, onChange }: AccountPickerProps) {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 200);
  const { data } = useQuery(accountsCalledQuery(text === value?.name ? '' : text));
  const rows = data?.rows ?? [];
  const shown = value === null || rows.some(({ id }) => id === value.id) ? rows : [value, ...rows];
  return (
    <Select
      aria-label="Account"
      placeholder="Choose an account"
      searchable
      style={{ flex: 1 }}
      data={shown.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      nothingFoundMessage="No account is called so"
      value={value?.id ?? null}
      onSearchChange={setTyped}
      onChange={(id) => {
        const account = shown.find((each) => each.id === id);
        if (account) onChange({ id: account.id, name: account.name });
      }}
    />
  );
}
