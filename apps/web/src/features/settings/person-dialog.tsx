import { Alert, Button, Group, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { User } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import { Dialog } from '../../components/ui/dialog.js';
import { errorText } from '../../lib/api.js';
import { ROLE_MEANINGS, ROLE_OPTIONS } from './roles.js';
import { useSaveUser } from './users.js';

interface PersonDialogProps {
  /** Null for a new person. */
  user: User | null;
  people: readonly User[];
  onClose: () => void;
}

const MIN_PASSWORD = 10;

export function PersonDialog({ user, people, onClose }: PersonDialogProps) {
  const save = useSaveUser();
  const form = useForm({
    initialValues: {
      fullName: user?.fullName ?? '',
      email: user?.email ?? '',
      role: user?.role ?? ('csm' as Role),
      managerId: user?.managerId ?? null,
      active: user?.active ?? true,
      password: '',
    },
    validate: {
      fullName: (value) => (value.trim() === '' ? 'Enter a name' : null),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : 'Enter an e-mail address'),
      password: (value) =>
        (user !== null && value === '') || value.length >= MIN_PASSWORD ? null : `At least ${MIN_PASSWORD} characters`,
    },
  });
  const managers = people
    .filter((each) => each.id !== user?.id && (each.role === 'manager' || each.role === 'admin'))
    .map((each) => ({ value: each.id, label: each.fullName }));

  return (
    <Dialog onClose={onClose} title={user ? user.fullName : 'Add a person'}>
      <form
        onSubmit={form.onSubmit(({ fullName, email, role, managerId, active, password }) =>
          save.mutate(
            user === null
              ? { create: { fullName: fullName.trim(), email: email.trim(), role, managerId, password } }
              : {
                  id: user.id,
                  update: {
                    revision: user.revision,
                    fullName: fullName.trim(),
                    role,
                    managerId,
                    active,
                    ...(password === '' ? {} : { password }),
                  },
                },
            { onSuccess: onClose },
          ),
        )}
      >
        <Stack gap="sm">
          {save.isError ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(save.error)}
            </Alert>
          ) : null}
          <TextInput label="Full name" data-autofocus {...form.getInputProps('fullName')} />
          <TextInput label="E-mail" type="email" disabled={user !== null} {...form.getInputProps('email')} />
          <Select
            label="Role"
            description={ROLE_MEANINGS[form.values.role]}
            data={ROLE_OPTIONS}
            {...form.getInputProps('role')}
          />
          <Select
            label="Manager"
            placeholder="None"
            clearable
            allowDeselect
            data={managers}
            {...form.getInputProps('managerId')}
          />
          <PasswordInput
            label={user ? 'New password' : 'First password'}
            description={user ? 'Leave it empty to keep the present one' : 'Give it to the person; they can change it'}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {user ? <Switch label="Active: may sign in" {...form.getInputProps('active', { type: 'checkbox' })} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              {user ? 'Save' : 'Add'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
