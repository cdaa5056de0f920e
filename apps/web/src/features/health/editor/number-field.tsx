import { NumberInput, type NumberInputProps } from '@mantine/core';

interface NumberFieldProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number, or null while none is typed. */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  return (
    <NumberInput
      size="xs"
      hideControls
      decimalScale={4}
      {...rest}
      value={value ?? ''}
      onChange={(typed) => {
        const next = typeof typed === 'number' && Number.isFinite(typed) ? typed : null;
        if (next !== value) onChange(next);
      }}
    />
  );
}
