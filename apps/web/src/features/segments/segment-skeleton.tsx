import { Skeleton, Stack } from '@mantine/core';

export function SegmentSkeleton() {
  return (
    <Stack p="lg" gap="md" aria-busy="true" role="status" aria-label="Loading">
      <Skeleton h={22} w={280} />
      <Skeleton h={14} w="70%" />
      <Skeleton h={14} w="55%" />
      <Skeleton h={360} />
    </Stack>
  );
}
