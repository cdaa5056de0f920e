import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { ImportDetail } from '@steward/shared/import-api';
import { Link } from '@tanstack/react-router';
import { plural } from '../../lib/format.js';

/** Amounts of the file that will not be known, because nobody has said what their currency is worth. */
export function AmountsWithoutRate({ withoutRate }: { withoutRate: ImportDetail['withoutRate'] }) {
  if (withoutRate.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="status" p="xs">
      <Stack gap={4}>
        {withoutRate.map(({ currency, rows }) => (
          <Text key={currency} size="sm">
            {plural(rows, 'row has an amount', 'rows have an amount')} in {currency}, for which there is no rate.
          </Text>
        ))}
        <Text size="sm">
          Such amounts are kept, and known once{' '}
          <Anchor component={Link} to="/settings/workspace" inherit underline="always">
            Settings › Workspace
          </Anchor>{' '}
          says what the currency is worth.
        </Text>
      </Stack>
    </Alert>
  );
}
