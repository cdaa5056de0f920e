import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { IsoDay } from '@steward/shared/common';
import type { QuietPeriod } from '@steward/shared/quiet-periods';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { DayInput } from '../../components/ui/day-input.js';
import { Dialog } from '../../components/ui/dialog.js';
import { toastError } from '../../components/ui/toast.js';
import { errorText } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { useRemoveQuietPeriod, useSaveQuietPeriod } from './quiet-periods.js';

interface QuietPeriodDraft {
  name: string;
  fromDay: IsoDay | null;
  toDay: IsoDay | null;
}

interface QuietPeriodDialogProps {
  /** Null: a new one. */
  period: QuietPeriod | null;
  onClose: () => void;
}

export function QuietPeriodDialog({ period, onClose }: QuietPeriodDialogProps) {
  const save = useSaveQuietPeriod(period);
  const form = useForm<QuietPeriodDraft>({
    initialValues: { name: period?.name ?? '', fromDay: period?.fromDay ?? null, toDay: period?.toDay ?? null },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name' : null),
      fromDay: (day) => (day === null ? 'Choose a day' : null),
      toDay: (day, { fromDay }) => {
        if (day === null) return 'Choose a day';
        return fromDay !== null && day < fromDay ? 'Lies before the first day' : null;
      },
    },
  });
  const saveDays = ({ name, fromDay, toDay }: QuietPeriodDraft) => {
    if (fromDay !== null && toDay !== null) save.mutate({ name, fromDay, toDay }, { onSuccess: onClose });
  };
  return (
    <Dialog onClose={onClose} title={period === null ? 'Add a quiet period' : `Change “${period.name}”`}>
      <form noValidate onSubmit={form.onSubmit(saveDays)}>
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
            <DayInput label="First day" {...form.getInputProps('fromDay')} value={form.values.fromDay} />
            <DayInput label="Last day" {...form.getInputProps('toDay')} value={form.values.toDay} />
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
    </Dialog>
  );
}

export function RemoveQuietPeriodDialog({ period, onClose }: { period: QuietPeriod; onClose: () => void }) {
  const remove = useRemoveQuietPeriod();
  return (
    <AskDialog
      title={`Remove “${period.name}”?`}
      yes="Remove"
      isPending={remove.isPending}
      onYes={() =>
        remove.mutate(period.id, {
          onSuccess: onClose,
          onError: (error) => toastError('The quiet period was not removed', error),
        })
      }
      onClose={onClose}
    >
      {formatDay(period.fromDay)} to {formatDay(period.toDay)} become ordinary days. Scores of days that have ended stay
      as they are.
    </AskDialog>
  );
}
