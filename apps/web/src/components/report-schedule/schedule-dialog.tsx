import { Alert, Button, Group, MultiSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { Frequency, ReportContent, ReportSchedule } from '@steward/shared/report-schedules';
import { MOST_RECIPIENTS } from '@steward/shared/report-schedules';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '../../lib/api.js';
import { lowerFirst, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { Dialog } from '../ui/dialog.js';
import { toast } from '../ui/toast.js';
import { hourText, WEEKDAYS, whenWords } from './schedule-words.js';
import { givenOf, recipientsQuery, schedulesQuery, useCreateSchedule, useUpdateSchedule } from './schedules.js';

interface ScheduleDialogProps {
  /** What is in it, in words. */
  what: string;
  content: ReportContent;
  /** Null: a new one. */
  schedule?: ReportSchedule | null;
  /** What a new one is called at first. */
  name: string;
  onClose: () => void;
}

const FREQUENCIES: { value: Frequency; label: string }[] = [
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
];
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourText(hour) }));
const DAYS = WEEKDAYS.map((label, at) => ({ value: String(at + 1), label }));

/** When a report comes by mail, and to whom. */
export function ScheduleDialog({ what, content, schedule = null, name: given, onClose }: ScheduleDialogProps) {
  const { user, workspace } = useMe();
  const mayNameOthers = user.role === 'admin' || user.role === 'manager';
  const list = useQuery(schedulesQuery).data;
  const users = useQuery({ ...recipientsQuery, enabled: mayNameOthers }).data ?? [];
  const [name, setName] = useState(schedule?.name ?? given);
  const [frequency, setFrequency] = useState<Frequency>(schedule?.frequency ?? 'weekly');
  const [weekday, setWeekday] = useState(schedule?.weekday ?? 1);
  const [monthDay, setMonthDay] = useState(schedule?.monthDay ?? 1);
  const [hour, setHour] = useState(schedule?.hour ?? 8);
  const [recipients, setRecipients] = useState(schedule?.recipients.map(({ userId }) => userId) ?? [user.id]);
  const create = useCreateSchedule();
  const update = useUpdateSchedule();
  const error = create.error ?? update.error;
  const when = {
    frequency,
    weekday: frequency === 'weekly' ? weekday : null,
    monthDay: frequency === 'monthly' ? monthDay : null,
    hour,
  };
  const ready = name.trim() !== '' && recipients.length > 0;
  const save = () => {
    if (!ready) return;
    const said = { name: name.trim(), content, ...when, recipients };
    const done = (saved: ReportSchedule) => {
      toast(`“${saved.name}” comes by mail: ${lowerFirst(whenWords(saved))}`);
      onClose();
    };
    if (schedule) update.mutate({ ...givenOf(schedule), ...said }, { onSuccess: done });
    else create.mutate({ ...said, paused: false }, { onSuccess: done });
  };
  return (
    <Dialog onClose={onClose} title={schedule ? `Change “${schedule.name}”` : 'Send by mail'} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {what}. Each person gets the figures of the accounts that they may see.
          </Text>
          {list?.mailWorks === false ? (
            <Alert variant="light" color="gray" p="xs" role="note">
              This server sends no mail yet: whoever runs it has to name a mail server (SMTP_URL).
            </Alert>
          ) : null}
          {error ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(error)}
            </Alert>
          ) : null}
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group grow align="flex-start">
            <Select
              label="How often"
              data={FREQUENCIES}
              value={frequency}
              onChange={(next) => next && setFrequency(next as Frequency)}
            />
            {frequency === 'weekly' ? (
              <Select
                label="On"
                data={DAYS}
                value={String(weekday)}
                onChange={(next) => next && setWeekday(Number(next))}
              />
            ) : null}
            {frequency === 'monthly' ? (
              <NumberInput
                label="On the day of the month"
                min={1}
                max={31}
                allowDecimal={false}
                clampBehavior="strict"
                value={monthDay}
                onChange={(next) => setMonthDay(typeof next === 'number' ? next : 1)}
              />
            ) : null}
            <Select label="At" data={HOURS} value={String(hour)} onChange={(next) => next && setHour(Number(next))} />
          </Group>
          <Text size="xs" c="dimmed">
            {whenWords(when)}, {list?.timeZone ?? workspace.timeZone}
          </Text>
          {mayNameOthers ? (
            <MultiSelect
              label="To"
              required
              searchable
              hidePickedOptions
              maxValues={MOST_RECIPIENTS}
              description={recipients.length > 1 ? plural(recipients.length, 'person', 'people') : undefined}
              data={optionsOf(users, schedule, user)}
              value={recipients}
              onChange={setRecipients}
            />
          ) : (
            <Text size="sm">It comes to you. Managers and admins can name others.</Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending} disabled={!ready}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Active people; of a schedule that exists those who get it already, whatever became of them. */
function optionsOf(
  users: readonly { id: string; fullName: string; active: boolean }[],
  schedule: ReportSchedule | null,
  me: { id: string; fullName: string },
): { value: string; label: string }[] {
  const names = new Map([[me.id, `${me.fullName} (you)`]]);
  for (const { id, fullName, active } of users) if (active && !names.has(id)) names.set(id, fullName);
  for (const { userId, name, active } of schedule?.recipients ?? []) {
    if (!names.has(userId)) names.set(userId, active ? name : `${name} (no longer active)`);
  }
  return [...names].map(([value, label]) => ({ value, label }));
}
