import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';

interface ChoiceProps {
  label: string;
  /** What holds while nothing is chosen. */
  none?: string;
  options: { value: string; label: string }[];
  /** Values with commas between them. */
  value: string | undefined;
  width?: number;
  onChange: (value: string | undefined) => void;
}

/** One or more of a few values. */
export function Choice({ label, none = 'any', options, value, width = 130, onChange }: ChoiceProps) {
  const chosen = value?.split(',') ?? [];
  return (
    <MultiSelect
      aria-label={label}
      placeholder={chosen.length === 0 ? `${label}: ${none}` : undefined}
      w={chosen.length === 0 ? width : undefined}
      miw={width}
      clearable
      data={options}
      value={chosen}
      onChange={(next) => onChange(next.length === 0 ? undefined : next.join(','))}
    />
  );
}

interface PersonChoiceProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One of the people who look after accounts; oneself first. */
export function PersonChoice({ label, value, onChange }: PersonChoiceProps) {
  const { user } = useMe();
  const people = fieldOf(useCatalogue(), 'account.am')?.options ?? [];
  return (
    <Select
      aria-label={label}
      placeholder={`${label}: anyone`}
      w={140}
      searchable
      clearable
      data={[{ value: user.id, label: 'Me' }, ...people.filter((each) => each.value !== user.id)]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

interface SearchInputProps {
  label: string;
  text: string;
  inputRef: React.RefObject<HTMLInputElement | null>;
  onChange: (text: string | undefined) => void;
}

/** Text that is searched for once a person pauses. */
export function SearchInput({ label, text, inputRef, onChange }: SearchInputProps) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const later = useDebouncedCallback((next: string) => onChange(next.trim() === '' ? undefined : next.trim()), 250);
  // Cleared from elsewhere, or another address.
  if (text !== seen) {
    setSeen(text);
    if (typed.trim() !== text) setTyped(text);
  }
  return (
    <TextInput
      ref={inputRef}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      w={180}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
