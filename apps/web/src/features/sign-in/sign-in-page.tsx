import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { BrandMark } from '../../components/ui/brand-mark.js';
import { errorText } from '../../lib/api.js';
import { keptWritings } from '../../lib/kept-writing.js';
import { useSignIn } from '../../lib/session.js';
import { returnAddress } from './return-address.js';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useDocumentTitle('Sign in · Steward');
  const { from } = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const [kept] = useState(keptWritings);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Enter your e-mail address'),
      password: (value) => (value === '' ? 'Enter your password' : null),
    },
  });
  return (
    <main className={classes.root}>
      <form
        className={classes.card}
        noValidate
        onSubmit={form.onSubmit((values) =>
          signIn.mutate(
            { email: values.email.trim(), password: values.password },
            { onSuccess: () => router.history.push(returnAddress(from)) },
          ),
        )}
      >
        <BrandMark size={32} />
        <h1 className={classes.title}>Sign in to Steward</h1>
        <p className={classes.lead}>The account-health desk of your team.</p>
        <Stack gap="sm">
          {kept.length > 0 ? (
            <Alert variant="default" role="status" p="xs">
              You were signed out. What you wrote in {kept.join(' and in ')} is kept, and there when you open it again.
            </Alert>
          ) : null}
          {signIn.isError ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(signIn.error)}
            </Alert>
          ) : null}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            size="sm"
            data-autofocus
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            size="sm"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="sm" mt="xs" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
    </main>
  );
}
