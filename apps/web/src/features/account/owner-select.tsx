import { Select } from '@mantine/core';
import type { Owner } from '@steward/shared/common';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { NONE } from '../../lib/format.js';

interface OwnerSelectProps {
  label: string;
  field: 'account.csm' | 'account.am';
  owner: Owner | null;
  editable: boolean;
  onChange: (userId: string | null) => void;
}

export function OwnerSelect({ label, field, owner, editable, onChange }: OwnerSelectProps) {
  const everyone = fieldOf(useCatalogue(), field)?.options ?? [];
  const people = everyone.filter(({ acts, value }) => acts || value === owner?.userId);
  if (!editable) return <>{owner?.name ?? NONE}</>;
  return (
    <Select
      aria-label={label}
      placeholder={owner && owner.userId === null ? `${owner.name} (nobody here)` : 'Nobody'}
      variant="unstyled"
      searchable
      clearable
      data={people.map(({ value, label: name }) => ({ value, label: name }))}
      value={owner?.userId ?? null}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      styles={{ input: { height: 24, minHeight: 24, fontSize: 13, padding: 0 } }}
      onChange={onChange}
    />
  );
}
