import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { QuietPeriod } from '@steward/shared/quiet-periods';
import { toastError } from '../../components/ui/toast.js';
import { errorText } from '../../lib/api.js';
import { formatDay, isIsoDay } from '../../lib/days.js';
import { useRemoveQuietPeriod, useSaveQuietPeriod } from './quiet-periods.js';

interface QuietPeriodDialogProps {
  /** Null: a new one. */
  period: QuietPeriod | null;
  onClose: () => void;
}

export function QuietPeriodDialog({ period, onClose }: QuietPeriodDialogProps) {
  const save = useSaveQuietPeriod(period);
  const form = useForm({
    initialValues: { name: period?.name ?? '', fromDay: period?.fromDay ?? '', toDay: period?.toDay ?? '' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name' : null),
      fromDay: (day) => (isIsoDay(day) ? null : 'Choose a day'),
      toDay: (day, { fromDay }) => {
        if (!isIsoDay(day)) return 'Choose a day';
        return isIsoDay(fromDay) && day < fromDay ? 'Lies before the first day' : null;
      },
    },
  });
  return (
    <Modal opened onClose={onClose} title={period === null ? 'Add a quiet period' : `Change “${period.name}”`}>
      <form noValidate onSubmit={form.onSubmit((fields) => save.mutate(fields, { onSuccess: onClose }))}>
        <Stack gap="sm">
          {save.isError ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(save.error)}
            </Alert>
          ) : null}
          <TextInput
            label="Name"
            placeholder="Christmas holidays"
            maxLength={100}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Group grow align="flex-start">
            <TextInput label="First day" type="date" {...form.getInputProps('fromDay')} />
            <TextInput label="Last day" type="date" {...form.getInputProps('toDay')} />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {period === null ? 'Add' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function RemoveQuietPeriodDialog({ period, onClose }: { period: QuietPeriod; onClose: () => void }) {
  const remove = useRemoveQuietPeriod();
  return (
    <Modal opened onClose={onClose} title={`Remove “${period.name}”?`}>
      <Stack gap="sm">
        <Text size="sm">
          {formatDay(period.fromDay)} to {formatDay(period.toDay)} become ordinary days. Scores of days that have ended
          stay as they are.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(period.id, {
                onSuccess: onClose,
                onError: (error) => toastError('The quiet period was not removed', error),
              })
            }
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
