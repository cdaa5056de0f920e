import { Skeleton, Stack } from '@mantine/core';

export function AccountSkeleton({ rows = 9 }: { rows?: number }) {
  return (
    <Stack p="lg" gap="md" aria-busy="true" aria-label="Loading the account">
      <Skeleton h={34} w={260} />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
        <Skeleton key={row} h={16} w={`${90 - ((row * 13) % 31)}%`} />
      ))}
    </Stack>
  );
}
