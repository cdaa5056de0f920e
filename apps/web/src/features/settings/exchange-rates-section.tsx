import { Alert, Button, Group, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import type { ExchangeRate, MissingRate } from '@steward/shared/exchange-rates';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { ExchangeRateDialog } from './exchange-rate-dialog.js';
import { exchangeRatesQuery, useRemoveExchangeRate } from './exchange-rates.js';

type Open = { rate: ExchangeRate } | { rate: null; currency?: string } | null;

/** What other currencies are worth in the workspace's; without a rate their amounts are not known. */
export function ExchangeRatesSection() {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const currency = useCurrency();
  const { data, error, refetch } = useQuery(exchangeRatesQuery);
  const [open, setOpen] = useState<Open>(null);
  return (
    <Section
      title="Exchange rates"
      note={`Amounts in other currencies count in ${currency} at the rate of their day`}
      aside={
        mayWrite ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            aria-haspopup="dialog"
            onClick={() => setOpen({ rate: null })}
          >
            Add an exchange rate
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Exchange rates could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={60} />}
      {data && data.missing.length > 0 ? (
        <MissingRates
          missing={data.missing}
          onAdd={mayWrite ? (missing) => setOpen({ rate: null, currency: missing }) : null}
        />
      ) : null}
      {data?.rates.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet: only amounts in {currency} are known.
        </Text>
      ) : null}
      {data && data.rates.length > 0 ? (
        <RateTable rates={data.rates} onChange={mayWrite ? (rate) => setOpen({ rate }) : null} />
      ) : null}
      {open ? <ExchangeRateDialog {...open} onClose={() => setOpen(null)} /> : null}
    </Section>
  );
}

interface MissingRatesProps {
  missing: readonly MissingRate[];
  /** Null for who only reads. */
  onAdd: ((currency: string) => void) | null;
}

function MissingRates({ missing, onAdd }: MissingRatesProps) {
  return (
    <Alert color="yellow" variant="light" p="xs" mb="sm" maw={720}>
      <Stack gap={4}>
        {missing.map(({ currency, accounts }) => (
          <Group key={currency} justify="space-between" gap="xs">
            <Text size="sm">
              {plural(accounts, 'account has', 'accounts have')} amounts in {currency}, for which there is no rate
            </Text>
            {onAdd ? (
              <Button variant="default" size="compact-xs" aria-haspopup="dialog" onClick={() => onAdd(currency)}>
                Add a rate for {currency}
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}

interface RateTableProps {
  rates: readonly ExchangeRate[];
  /** Null for who only reads. */
  onChange: ((rate: ExchangeRate) => void) | null;
}

function RateTable({ rates, onChange }: RateTableProps) {
  const currency = useCurrency();
  const remove = useRemoveExchangeRate();
  return (
    <Table aria-label="Exchange rates" maw={720}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Currency</Table.Th>
          <Table.Th>From</Table.Th>
          <Table.Th ta="right">Worth in {currency}</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rates.map((rate) => {
          const name = `the rate of ${rate.currency} from ${formatDay(rate.fromDay)}`;
          return (
            <Table.Tr key={`${rate.currency} ${rate.fromDay}`}>
              <Table.Td fw={500}>{rate.currency}</Table.Td>
              <Table.Td>{formatDay(rate.fromDay)}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {formatNumber(rate.rate, 12)}
              </Table.Td>
              <Table.Td ta="right">
                {onChange ? (
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      aria-label={`Change ${name}`}
                      aria-haspopup="dialog"
                      onClick={() => onChange(rate)}
                    >
                      Change
                    </Button>
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      aria-label={`Remove ${name}`}
                      disabled={remove.isPending}
                      onClick={() => remove.mutate(rate)}
                    >
                      Remove
                    </Button>
                  </Group>
                ) : null}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
