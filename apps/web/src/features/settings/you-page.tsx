import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Section } from '../../components/ui/section.js';
import { errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { useChangePassword } from './change-password.js';
import { StandInsOf } from './stand-ins-of.js';

const MIN_PASSWORD = 10;

export function YouPage() {
  const { user, permissions } = useMe();
  return (
    <>
      <Section title={user.fullName} note={user.email}>
        <PasswordForm />
      </Section>
      {permissions.includes('stand-ins:write') ? (
        <Section title="Stand-in" note="Sees your accounts and does your work while you are away">
          <StandInsOf userId={user.id} none="Nobody stands in for you." />
        </Section>
      ) : null}
    </>
  );
}

function PasswordForm() {
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (value) => (value === '' ? 'Enter your present password' : null),
      next: (value) => (value.length < MIN_PASSWORD ? `At least ${MIN_PASSWORD} characters` : null),
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values, { onSuccess: () => form.reset() }))}>
      <Stack gap="sm" maw={320}>
        {change.isError ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(change.error)}
          </Alert>
        ) : null}
        <PasswordInput label="Present password" autoComplete="current-password" {...form.getInputProps('current')} />
        <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('next')} />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
          Change password
        </Button>
      </Stack>
    </form>
  );
}
