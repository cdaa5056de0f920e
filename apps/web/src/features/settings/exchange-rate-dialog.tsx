import { Alert, Button, Group, NumberInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { IsoDay } from '@steward/shared/common';
import { type ExchangeRate, rateSchema } from '@steward/shared/exchange-rates';
import { useQuery } from '@tanstack/react-query';
import { CurrencySelect } from '../../components/ui/currency-select.js';
import { DayInput } from '../../components/ui/day-input.js';
import { Dialog } from '../../components/ui/dialog.js';
import { errorText } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { exchangeRatesQuery, useSetExchangeRate } from './exchange-rates.js';

interface RateDraft {
  currency: string | null;
  fromDay: IsoDay | null;
  rate: number | string;
}

interface ExchangeRateDialogProps {
  /** Null: a new one. */
  rate: ExchangeRate | null;
  /** The currency that a new one begins with. */
  currency?: string;
  onClose: () => void;
}

/** Adds the rate of a currency from a day on, or corrects one. */
export function ExchangeRateDialog({ rate, currency, onClose }: ExchangeRateDialogProps) {
  const { currency: own, today } = useMe().workspace;
  const set = useSetExchangeRate();
  const form = useForm<RateDraft>({
    initialValues: {
      currency: rate?.currency ?? currency ?? null,
      fromDay: rate?.fromDay ?? today,
      rate: rate?.rate ?? '',
    },
    validate: {
      currency: (code) => (code === null ? 'Choose a currency' : null),
      fromDay: (day) => (day === null ? 'Choose a day' : null),
      rate: (value) => (rateSchema.safeParse(value).success ? null : 'Give a number above 0'),
    },
  });
  const { values } = form;
  const { data } = useQuery(exchangeRatesQuery);
  const replaced = data?.rates.find((each) => each.currency === values.currency && each.fromDay === values.fromDay);
  const save = ({ currency: code, fromDay, rate: value }: RateDraft) => {
    if (code !== null && fromDay !== null) {
      set.mutate({ given: { currency: code, fromDay, rate: Number(value) }, replaced }, { onSuccess: onClose });
    }
  };
  const title =
    rate === null ? 'Add an exchange rate' : `Change the rate of ${rate.currency} from ${formatDay(rate.fromDay)}`;
  const knowsCurrency = rate !== null || currency !== undefined;
  return (
    <Dialog onClose={onClose} title={title}>
      <form noValidate onSubmit={form.onSubmit(save)}>
        <Stack gap="sm">
          {set.isError ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(set.error)}
            </Alert>
          ) : null}
          {rate === null ? (
            <Group grow align="flex-start">
              <CurrencySelect
                label="Currency"
                openOnFocus={false}
                data-autofocus={!knowsCurrency || undefined}
                codes={Intl.supportedValuesOf('currency').filter((code) => code !== own)}
                {...form.getInputProps('currency')}
              />
              <DayInput label="From" {...form.getInputProps('fromDay')} value={values.fromDay} />
            </Group>
          ) : null}
          <NumberInput
            label={`One ${values.currency ?? 'unit'} in ${own}`}
            description={rate === null ? whatFollows(replaced) : undefined}
            hideControls
            allowNegative={false}
            decimalScale={10}
            data-autofocus={knowsCurrency || undefined}
            {...form.getInputProps('rate')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={set.isPending}>
              {rate === null ? 'Add' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const whatFollows = (replaced: ExchangeRate | undefined): string =>
  replaced === undefined
    ? 'Counts from its day until the next rate; the first one counts for the days before it, too'
    : `Takes the place of the rate from this day, which is ${formatNumber(replaced.rate, 12)}`;
