import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { RestsOn } from './use-rests-on.js';

interface ChangedMeanwhileProps<T> {
  restsOn: RestsOn<T>;
  /** One's own save is under way, and changes it, too. */
  isSaving: boolean;
  /** What theirs says, a line each; none: they took it away. */
  linesOf: (theirs: T) => readonly string[];
  /** Drops what was written, and leaves theirs as it is. */
  onLeave: () => void;
}

/** Says in a form that somebody else changed what it would write over, shows theirs, and asks which it shall be. */
export function ChangedMeanwhile<T>({ restsOn, isSaving, linesOf, onLeave }: ChangedMeanwhileProps<T>) {
  if (restsOn.theirs === null || isSaving) return null;
  const lines = linesOf(restsOn.theirs);
  const goOn = (button: HTMLElement) => {
    // The button goes; whoever works by keyboard goes on where they wrote.
    button.closest('form, [role="dialog"]')?.querySelector<HTMLElement>('input, textarea')?.focus();
    restsOn.writeOver();
  };
  return (
    <Alert
      variant="default"
      role="alert"
      p="xs"
      icon={<IconAlertTriangle size={15} aria-hidden />}
      title="Somebody else changed it while you were writing"
    >
      {lines.length === 0 ? <Text size="sm">It is empty now.</Text> : null}
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same, and none of them moves.
        <Text key={place} size="sm" lineClamp={6} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
      <Group gap="xs" mt={6}>
        <Button variant="default" size="compact-xs" onClick={onLeave}>
          Drop mine, keep theirs
        </Button>
        <Button variant="default" size="compact-xs" onClick={(event) => goOn(event.currentTarget)}>
          Go on with mine, which replaces it
        </Button>
      </Group>
    </Alert>
  );
}
