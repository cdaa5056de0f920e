import { UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './inline-edit.module.css';

interface InlineEditProps {
  label: string;
  /** The value as text of the input; empty when not set. */
  text: string;
  shown: ReactNode;
  kind: 'date' | 'number';
  editable: boolean;
  /** Where the value comes from, said on hover. */
  source: string | null;
  onSave: (text: string) => void;
}

/** Click to edit, Enter saves, Esc leaves it as it was. */
export function InlineEdit({ label, text, shown, kind, editable, source, onSave }: InlineEditProps) {
  const [draft, setDraft] = useState<string | null>(null);
  if (!editable) {
    return (
      <span className={classes.plain} title={source ?? undefined}>
        {shown}
      </span>
    );
  }
  if (draft === null) {
    return (
      <UnstyledButton
        className={classes.value}
        title={source ?? undefined}
        aria-label={`Edit ${label}`}
        onClick={() => setDraft(text)}
      >
        {shown}
        <IconPencil size={12} className={classes.pencil} aria-hidden />
      </UnstyledButton>
    );
  }
  const leave = () => setDraft(null);
  return (
    <input
      ref={(input) => input?.focus()}
      type={kind}
      min={kind === 'number' ? 0 : undefined}
      aria-label={label}
      value={draft}
      style={{ width: kind === 'date' ? 132 : 90, font: 'inherit' }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
        if (event.key !== 'Enter') return;
        leave();
        if (draft !== text) onSave(draft);
      }}
    />
  );
}
