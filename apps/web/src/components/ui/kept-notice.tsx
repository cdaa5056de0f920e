import { Button, Group, Text } from '@mantine/core';

/** Says of a dialog that it begins with what was written before, and not saved. */
export function KeptNotice({ onStartAnew }: { onStartAnew: () => void }) {
  return (
    <Group gap="xs" role="status">
      <Text size="xs" c="dimmed">
        Kept from before
      </Text>
      <Button variant="default" size="compact-xs" onClick={onStartAnew}>
        Start anew
      </Button>
    </Group>
  );
}
