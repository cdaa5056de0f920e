import { Button, Skeleton, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { useMe } from '../../lib/me.js';
import { signalsQuery } from './signals/get-signals.js';
import { SignalAbout } from './signals/signal-about.js';
import { SignalForm } from './signals/signal-form.js';

const route = getRouteApi('/shell/health/signals/$key');

const toList = (
  <Button variant="default" component={Link} to="/health/signals">
    Back to the signals
  </Button>
);

export function NewSignalPage() {
  useDocumentTitle('New signal · Steward');
  const mayWrite = useMe().permissions.includes('model:write');
  if (mayWrite) return <SignalForm signal={null} />;
  return (
    <EmptyState
      page
      title="Signals are added by admins"
      text="Your role may look at them. Ask an admin for more."
      action={toList}
    />
  );
}

/** A signal: its form for those who may change it, and what it says for all others. */
export function SignalPage() {
  const { key } = route.useParams();
  const mayWrite = useMe().permissions.includes('model:write');
  const { data, error, isFetchedAfterMount, refetch } = useQuery({ ...signalsQuery, refetchOnMount: 'always' });
  const [round, setRound] = useState(0);
  const signal = data?.find((each) => each.key === key);
  useDocumentTitle(signal ? `${signal.label} · Steward` : 'Steward');
  if (error && !data) {
    return <LoadFailed page title="This signal could not be shown" error={error} back={toList} onRetry={refetch} />;
  }
  if (!data || (mayWrite && !isFetchedAfterMount)) {
    return (
      <Stack p="lg" gap="md" aria-busy="true" role="status" aria-label="Loading">
        <Skeleton h={22} w={280} />
        <Skeleton h={320} />
      </Stack>
    );
  }
  if (!signal) {
    return (
      <EmptyState
        page
        title="There is no such signal"
        text="The address is not whole, or it never was."
        action={toList}
      />
    );
  }
  if (signal.builtIn || signal.retired || !mayWrite) return <SignalAbout signal={signal} />;
  const loadAnew = () => void refetch().then(() => setRound((now) => now + 1));
  return <SignalForm key={`${signal.key} ${round}`} signal={signal} onLoadAnew={loadAnew} />;
}
