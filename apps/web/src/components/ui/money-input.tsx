import { NumberInput, type NumberInputProps } from '@mantine/core';
import { minorUnits } from '../../lib/format.js';

type Shown = 'label' | 'description' | 'required' | 'error' | 'disabled' | 'aria-label' | 'placeholder' | 'w';

interface MoneyInputProps extends Pick<NumberInputProps, Shown> {
  /** In minor units; null: empty. */
  value: number | null;
  currency: string;
  onChange: (amountMinor: number | null) => void;
  'data-autofocus'?: boolean;
}

/** Money, typed in whole units of its currency and kept in minor ones. */
export function MoneyInput({ value, currency, onChange, ...rest }: MoneyInputProps) {
  const units = minorUnits(currency);
  return (
    <NumberInput
      {...rest}
      min={0}
      max={100_000_000_000}
      clampBehavior="strict"
      decimalScale={Math.round(Math.log10(units))}
      thousandSeparator=","
      allowNegative={false}
      hideControls
      rightSection={<span style={{ fontSize: 11.5, color: 'var(--text-dim)' }}>{currency}</span>}
      rightSectionWidth={44}
      rightSectionPointerEvents="none"
      value={value === null ? '' : value / units}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * units) : null)}
    />
  );
}
