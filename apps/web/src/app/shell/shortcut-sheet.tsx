import { Group, Kbd, SimpleGrid, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/ui/dialog.js';
import { setShortcutsEnabled, shortcutsEnabled } from '../../lib/shortcuts.js';
import { type Page, usePages } from './pages.js';

interface Section {
  title: string;
  rows: { keys: string[]; does: string }[];
}

const sectionsOf = (pages: readonly Page[]): Section[] => [
  {
    title: 'Everywhere',
    rows: [
      { keys: ['Ctrl/⌘', 'K'], does: 'Search and act' },
      { keys: ['T'], does: 'Log a touch on the account in view' },
      { keys: ['P'], does: 'Start a playbook on the account in view' },
      { keys: ['?'], does: 'This sheet' },
      ...pages.map((page) => ({ keys: ['G', page.keys.toUpperCase()], does: `Go to ${page.label}` })),
    ],
  },
  {
    title: 'Accounts',
    rows: [
      { keys: ['/'], does: 'Search in the list' },
      { keys: ['Space'], does: 'Peek at the account' },
      { keys: ['J'], does: 'Next account (also ↓)' },
      { keys: ['K'], does: 'Account before (also ↑)' },
      { keys: ['Enter'], does: 'Open the account' },
      { keys: ['X'], does: 'Select the row' },
      { keys: ['Ctrl/⌘', 'A'], does: 'Select all that match' },
      { keys: ['A'], does: 'Assign the selected accounts' },
      { keys: ['S'], does: 'Snooze the alerts of the selected accounts' },
      { keys: ['Esc'], does: 'Close the peek' },
    ],
  },
  {
    title: 'Tasks',
    rows: [
      { keys: ['J'], does: 'Next task' },
      { keys: ['K'], does: 'Task before' },
      { keys: ['Enter'], does: 'Open the task beside the list' },
      { keys: ['C'], does: 'Complete, or open again' },
      { keys: ['E'], does: 'Complete with a note' },
      { keys: ['S'], does: 'Snooze, or wake' },
      { keys: ['D'], does: 'Set the due day' },
      { keys: ['A'], does: 'Assign' },
      { keys: ['X'], does: 'Select the row' },
      { keys: ['N'], does: 'New task' },
      { keys: ['Z'], does: 'Take the last deed back' },
    ],
  },
  {
    title: 'Alerts',
    rows: [
      { keys: ['J'], does: 'Next account' },
      { keys: ['K'], does: 'Account before' },
      { keys: ['O'], does: 'Open the alert beside the list' },
      { keys: ['X'], does: 'Select the row' },
      { keys: ['Ctrl/⌘', 'A'], does: 'Select all rows shown' },
      { keys: ['E'], does: 'Acknowledge' },
      { keys: ['S'], does: 'Snooze' },
      { keys: ['R'], does: 'Resolve' },
      { keys: ['A'], does: 'Assign' },
    ],
  },
  {
    title: 'Renewals and deals',
    rows: [
      { keys: ['/'], does: 'Search in the list' },
      { keys: ['Enter'], does: 'Edit the forecast, or save it' },
      { keys: ['Shift', '→'], does: 'Move the deal to the next stage' },
      { keys: ['Shift', '←'], does: 'Move the deal to the stage before' },
      { keys: ['Esc'], does: 'Close the deal' },
    ],
  },
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const sections = sectionsOf(usePages());
  const [enabled, setEnabled] = useState(shortcutsEnabled);
  return (
    <Dialog onClose={onClose} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {sections.map((section) => (
          <section key={section.title} aria-label={section.title}>
            <Text component="h3" size="xs" c="dimmed" fw={600} m={0} mb={8}>
              {section.title}
            </Text>
            {section.rows.map((row) => (
              <Group key={row.does} justify="space-between" py={4} wrap="nowrap">
                <Text size="sm">{row.does}</Text>
                <Group gap={4} wrap="nowrap">
                  {row.keys.map((key) => (
                    <Kbd key={key} size="xs">
                      {key}
                    </Kbd>
                  ))}
                </Group>
              </Group>
            ))}
          </section>
        ))}
      </SimpleGrid>
      <Switch
        mt="lg"
        label="Single-key shortcuts on"
        checked={enabled}
        onChange={(event) => {
          setEnabled(event.currentTarget.checked);
          setShortcutsEnabled(event.currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
