import { Skeleton, Stack } from '@mantine/core';

const ROWS = Array.from({ length: 12 }, (_, row) => row);

export function PageSkeleton() {
  return (
    <Stack p="lg" gap="sm" aria-busy="true" aria-label="Loading">
      <Skeleton h={22} w={180} mb="md" />
      {ROWS.map((row) => (
        <Skeleton key={row} h={18} w={`${92 - ((row * 7) % 23)}%`} />
      ))}
    </Stack>
  );
}
