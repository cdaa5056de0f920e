import { Select } from '@mantine/core';
import type { ChurnReason } from '@steward/shared/leaving';
import { useQuery } from '@tanstack/react-query';
import { churnReasonsQuery } from '../renewal/get-renewals.js';

interface ReasonSelectProps {
  value: string | null;
  required?: boolean;
  autoFocus?: boolean;
  onChange: (key: string | null) => void;
}

const itemsOf = (reasons: readonly ChurnReason[], canInfluence: boolean) =>
  reasons.filter((each) => each.canInfluence === canInfluence).map(({ key, label }) => ({ value: key, label }));

/** Why a customer goes, of the workspace's list: what we can do something about stands first. */
export function ReasonSelect({ value, required = false, autoFocus, onChange }: ReasonSelectProps) {
  const reasons = useQuery(churnReasonsQuery).data?.reasons ?? [];
  return (
    <Select
      label="Why"
      placeholder={required ? 'Choose a reason' : 'Not known yet'}
      required={required}
      clearable={!required}
      searchable
      data-autofocus={autoFocus}
      data={[
        { group: 'We can influence', items: itemsOf(reasons, true) },
        { group: 'We cannot influence', items: itemsOf(reasons, false) },
      ].filter(({ items }) => items.length > 0)}
      value={value}
      onChange={onChange}
    />
  );
}
