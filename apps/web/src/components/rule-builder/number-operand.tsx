import { NumberInput, type NumberInputProps } from '@mantine/core';
import classes from './builder.module.css';

interface NumberOperandProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'error' | 'w'> {
  w: number;
  value: number | null;
  /** What is wrong with the number: said below the whole sentence, and with the input by a screen reader. */
  problem?: string | null;
  onChange: (value: number | null) => void;
}

/** A number within a sentence. One out of range is kept and explained, not changed behind the writer's back. */
export function NumberOperand({ w, value, problem = null, onChange, ...input }: NumberOperandProps) {
  return (
    <NumberInput
      {...input}
      clampBehavior="none"
      classNames={{ root: classes.operand, error: classes.problem }}
      styles={{ wrapper: { width: w } }}
      value={value ?? ''}
      error={problem}
      onChange={(next) => onChange(next === '' || next === '-' ? null : Number(next))}
    />
  );
}
