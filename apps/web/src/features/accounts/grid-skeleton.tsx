import { Skeleton, Stack } from '@mantine/core';

const ROWS = Array.from({ length: 18 }, (_, row) => row);

export function GridSkeleton() {
  return (
    <Stack gap={24} p="lg" pt={48} flex={1} aria-busy="true" aria-label="Loading accounts">
      {ROWS.map((row) => (
        <Skeleton key={row} h={14} w={`${94 - ((row * 11) % 17)}%`} />
      ))}
    </Stack>
  );
}
