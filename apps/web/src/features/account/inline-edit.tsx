import { UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { InlineInput } from '../../components/ui/inline-input.js';
import classes from './inline-edit.module.css';

interface InlineEditProps {
  label: string;
  /** The value as text of the input; empty when not set. */
  text: string;
  shown: ReactNode;
  kind: 'date' | 'number' | 'text';
  editable: boolean;
  /** Where the value comes from, said on hover. */
  source: string | null;
  /** Why a value is not taken; left out: all are. */
  problemOf?: (text: string) => string | null;
  onSave: (text: string) => void;
}

const WIDTHS = { date: 132, number: 90, text: 136 };

/** A value of the account, which a click opens for editing. */
export function InlineEdit(props: InlineEditProps) {
  const { label, text, shown, kind, editable, source, problemOf = () => null, onSave } = props;
  const [isOpen, setOpen] = useState(false);
  if (!editable) {
    return (
      <span className={classes.plain} title={source ?? undefined}>
        {shown}
      </span>
    );
  }
  if (!isOpen) {
    return (
      <UnstyledButton
        className={classes.value}
        title={source ?? undefined}
        aria-label={`Edit ${label}`}
        onClick={() => setOpen(true)}
      >
        {shown}
        <IconPencil size={12} className={classes.pencil} aria-hidden />
      </UnstyledButton>
    );
  }
  return (
    <InlineInput
      label={label}
      type={kind}
      text={text}
      width={WIDTHS[kind]}
      problemOf={problemOf}
      onSave={onSave}
      onLeave={() => setOpen(false)}
    />
  );
}
