import { Alert, Button, Group, Select, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { StandIn, User } from '@steward/shared/access';
import type { IsoDay } from '@steward/shared/common';
import { useEffect, useRef } from 'react';
import { DayInput } from '../../components/ui/day-input.js';
import { useReturnFocus } from '../../components/ui/use-return-focus.js';
import { ApiError, errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { useSetStandIn } from './stand-ins.js';

interface StandInDraft {
  standInId: string | null;
  fromDay: IsoDay | null;
  toDay: IsoDay | null;
}

interface StandInFormProps {
  /** Whose stand-in it is. */
  userId: string;
  /** Null: a new one. */
  standIn: StandIn | null;
  users: readonly User[];
  nameOf: (id: string) => string;
  onClose: () => void;
}

/** Names somebody who stands in, or changes who does and when. */
export function StandInForm({ userId, standIn, users, nameOf, onClose }: StandInFormProps) {
  useReturnFocus();
  const { today } = useMe().workspace;
  const set = useSetStandIn(userId, nameOf);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const form = useForm<StandInDraft>({
    initialValues: {
      standInId: standIn?.standInId ?? null,
      fromDay: standIn?.fromDay ?? today,
      toDay: standIn?.toDay ?? null,
    },
    validate: {
      standInId: (id) => (id === null ? 'Choose a person' : null),
      fromDay: (day) => (day === null ? 'Choose a day' : null),
      toDay: (day, { fromDay }) => {
        if (day === null) return 'Choose a day';
        if (fromDay !== null && day < fromDay) return 'Lies before the first day';
        return day < today ? 'Is over already' : null;
      },
    },
  });
  const save = ({ standInId, fromDay, toDay }: StandInDraft) => {
    if (standInId === null || fromDay === null || toDay === null) return;
    const isMoved = standIn !== null && (standIn.standInId !== standInId || standIn.fromDay !== fromDay);
    const instead = isMoved ? { instead: { standInId: standIn.standInId, fromDay: standIn.fromDay } } : {};
    set.mutate(
      { standInId, fromDay, toDay, ...instead },
      { onSuccess: onClose, onError: (error) => form.setErrors(besideFields(error)) },
    );
  };
  const isElsewhere = set.isError && Object.keys(besideFields(set.error)).length === 0;
  const others = users.filter(({ id, active, role }) => id !== userId && active && role !== 'viewer');
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(save)}
      aria-label={standIn === null ? 'Name a stand-in' : 'Change a stand-in'}
    >
      <Stack gap="sm" maw={420} mt="sm">
        {isElsewhere ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(set.error)}
          </Alert>
        ) : null}
        <Select
          label="Who stands in"
          ref={first}
          searchable
          openOnFocus={false}
          nothingFoundMessage="Nobody of that name"
          data={others.map(({ id, fullName }) => ({ value: id, label: fullName }))}
          {...form.getInputProps('standInId')}
        />
        <Group grow align="flex-start">
          <DayInput label="First day" {...form.getInputProps('fromDay')} value={form.values.fromDay} />
          <DayInput label="Last day" {...form.getInputProps('toDay')} value={form.values.toDay} />
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={set.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const FIELDS: readonly string[] = ['standInId', 'fromDay', 'toDay'] satisfies (keyof StandInDraft)[];

/** What the server refuses of a field, to be said beside it. */
function besideFields(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const ofFields = error.details.filter(({ path }) => path !== undefined && FIELDS.includes(path));
  return Object.fromEntries(ofFields.map(({ path }) => [path, error.message]));
}
