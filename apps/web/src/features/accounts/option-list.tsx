import { Checkbox, ScrollArea, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

export interface Option {
  value: string;
  label: string;
  icon?: ReactNode;
}

interface OptionListProps {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

const SEARCH_FROM = 9;

/** Any of several; long lists can be searched. */
export function OptionList({ label, options, chosen, onChange }: OptionListProps) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted));
  return (
    <Stack gap="xs" miw={190}>
      {options.length >= SEARCH_FROM ? (
        <TextInput
          aria-label={`Search ${label}`}
          placeholder="Search"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : null}
      <ScrollArea.Autosize mah={280} type="auto">
        <Checkbox.Group aria-label={label} value={[...chosen]} onChange={onChange}>
          <Stack gap={10} py={2}>
            {shown.map((option) => (
              <Checkbox
                key={option.value}
                value={option.value}
                label={
                  <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
                    {option.icon}
                    {option.label}
                  </span>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </ScrollArea.Autosize>
    </Stack>
  );
}
