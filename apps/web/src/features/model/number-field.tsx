import { NumberInput, type NumberInputProps } from '@mantine/core';

interface NumberFieldProps
  extends Pick<
    NumberInputProps,
    'label' | 'description' | 'error' | 'min' | 'max' | 'suffix' | 'w' | 'placeholder' | 'required'
  > {
  value: number | null;
  onChange: (value: number | null) => void;
  decimals?: number;
}

/** A number that may be missing: an empty box is null. */
export function NumberField({ value, onChange, decimals = 0, ...rest }: NumberFieldProps) {
  return (
    <NumberInput
      {...rest}
      allowNegative={(rest.min ?? 0) < 0}
      allowDecimal={decimals > 0}
      decimalScale={decimals}
      clampBehavior="none"
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}
