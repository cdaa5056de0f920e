import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { RestsOn } from './use-rests-on.js';

interface ChangedMeanwhileProps<T> {
  restsOn: RestsOn<T>;
  /** One's own save is under way, and changes it, too. */
  isSaving: boolean;
  /** What theirs says, a line each; none: they took it away. */
  linesOf: (theirs: T) => readonly string[];
  /** Leaves theirs as it is. */
  onLeave: () => void;
}

/** Says in a form that somebody else changed what it would write over, shows theirs, and asks which it shall be. */
export function ChangedMeanwhile<T>({ restsOn, isSaving, linesOf, onLeave }: ChangedMeanwhileProps<T>) {
  if (restsOn.theirs === null || isSaving) return null;
  const lines = linesOf(restsOn.theirs);
  return (
    <Alert
      variant="default"
      role="alert"
      p="xs"
      icon={<IconAlertTriangle size={15} aria-hidden />}
      title="Somebody else changed it while you were writing"
    >
      {lines.length === 0 ? <Text size="sm">It is empty now.</Text> : null}
      {lines.map((line) => (
        <Text key={line} size="sm" lineClamp={6} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
      <Group gap="xs" mt={6}>
        <Button variant="default" size="compact-xs" onClick={onLeave}>
          Leave theirs
        </Button>
        <Button variant="default" size="compact-xs" onClick={restsOn.writeOver}>
          Go on with mine, which replaces it
        </Button>
      </Group>
    </Alert>
  );
}
