import { Select, type SelectProps } from '@mantine/core';

const CURRENCIES = Intl.supportedValuesOf('currency');

interface CurrencySelectProps extends Omit<SelectProps, 'data'> {
  /** What is offered; all currencies unless told. */
  codes?: readonly string[];
}

/** A currency by its code: typed, and taken with Enter. */
export function CurrencySelect({ codes = CURRENCIES, ...props }: CurrencySelectProps) {
  return <Select searchable selectFirstOptionOnChange allowDeselect={false} limit={60} data={[...codes]} {...props} />;
}
