import { Button, Group, Popover, Stack } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import type { RenewalQuestion } from '../../components/renewal/get-renewals.js';
import { daysOfMonth, monthWords } from '../../components/renewal/renewal-words.js';
import { DayInput } from '../../components/ui/day-input.js';
import { addDays, formatDay } from '../../lib/days.js';

interface DaysFilterProps {
  question: Pick<RenewalQuestion, 'from' | 'to'>;
  today: string | undefined;
  onChange: (days: { from: string | undefined; to: string | undefined }) => void;
}

/** In words what is shown: a whole month by its name. */
export function daysWords({ from, to }: Pick<RenewalQuestion, 'from' | 'to'>): string {
  if (from === undefined && to === undefined) return 'Next 12 months';
  if (from !== undefined && to === daysOfMonth(from.slice(0, 7)).to && from.endsWith('-01')) {
    return monthWords(from.slice(0, 7));
  }
  if (to === undefined) return `From ${formatDay(from ?? null)}`;
  return from === undefined ? `Until ${formatDay(to)}` : `${formatDay(from)} to ${formatDay(to)}`;
}

/** Between which days renewals are due; overdue ones belong to the usual span in any case. */
export function DaysFilter({ question, today, onChange }: DaysFilterProps) {
  const [opened, setOpened] = useState(false);
  const { from, to } = question;
  const set = (days: { from?: string; to?: string }) => onChange({ from, to, ...days });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={14} aria-hidden />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {daysWords(question)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Group gap={6} wrap="nowrap" align="flex-end">
            <DayInput
              label="Due from"
              w={150}
              inPortal={false}
              value={from ?? null}
              onChange={(day) => set({ from: day ?? undefined })}
            />
            <DayInput
              label="Due until"
              w={150}
              inPortal={false}
              value={to ?? null}
              onChange={(day) => set({ to: day ?? undefined })}
            />
          </Group>
          {today ? (
            <Group gap={6}>
              {[30, 90, 180].map((days) => (
                <Button
                  key={days}
                  variant="default"
                  size="compact-xs"
                  onClick={() => onChange({ from: today, to: addDays(today, days) })}
                >
                  Next {days} days
                </Button>
              ))}
              <Button variant="default" size="compact-xs" onClick={() => onChange({ from: undefined, to: undefined })}>
                Next 12 months
              </Button>
            </Group>
          ) : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
