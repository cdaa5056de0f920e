import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface KeyInputProps {
  label?: string;
  description?: string;
  value: string;
  /** Of the others. */
  taken: readonly string[];
  error: string | undefined;
  w?: number;
  onChange: (key: string) => void;
}

/** What something new is known by; it takes effect when the box is left, as the list is told apart by it. */
export function KeyInput({ label = 'Short', description, value, taken, error, w = 80, onChange }: KeyInputProps) {
  const [text, setText] = useState(value);
  const isTaken = text.trim() !== value && taken.includes(text.trim());
  const take = () => {
    const key = text.trim();
    if (key !== '' && key !== value && !isTaken) onChange(key);
    else if (!isTaken) setText(value);
  };
  return (
    <TextInput
      label={label}
      description={description}
      w={w}
      maxLength={30}
      value={text}
      error={isTaken ? 'Taken' : error}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
