import { Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { useShortcuts } from '../../lib/shortcuts.js';

interface ListSearchProps {
  /** Of the whole line, and of its field: “Find a rule”, “Search by name or reason”. */
  label: string;
  fieldLabel: string;
  placeholder: string;
  text: string;
  /** Undefined: nothing is looked for. */
  onText: (text: string | undefined) => void;
  /** What else narrows the list. */
  children?: ReactNode;
}

/** A field above a list that is found with `/`, and what else narrows the list. */
export function ListSearch({ label, fieldLabel, placeholder, text, onText, children }: ListSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => field.current?.focus() });
  return (
    <Group gap={6} px="lg" py={8} role="search" aria-label={label}>
      <TextInput
        ref={field}
        aria-label={fieldLabel}
        placeholder={placeholder}
        leftSection={<IconSearch size={14} aria-hidden />}
        w={220}
        value={text}
        onChange={(event) => onText(event.currentTarget.value || undefined)}
      />
      {children}
    </Group>
  );
}
