import { Button, Skeleton, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { useMe } from '../../../lib/me.js';
import { playbookQuery } from './get-playbooks.js';
import { PlaybookAbout } from './playbook-about.js';
import { PlaybookForm } from './playbook-form.js';

const route = getRouteApi('/shell/goals/playbooks/$playbookId');

const toList = (
  <Button variant="default" component={Link} to="/goals/playbooks">
    Back to the playbooks
  </Button>
);

export function NewPlaybookPage() {
  useDocumentTitle('New playbook · Steward');
  const mayWrite = useMe().permissions.includes('playbooks:write');
  if (mayWrite) return <PlaybookForm playbook={null} />;
  return (
    <EmptyState
      page
      title="Playbooks are made by admins and managers"
      text="Your role may look at them, and start them. Ask an admin for more."
      action={toList}
    />
  );
}

/** A playbook: its form for those who may change it, and what it says for all others. */
export function PlaybookPage() {
  const { playbookId } = route.useParams();
  // A form that began with an older answer would be refused for a change that its writer has seen.
  const answer = useQuery({ ...playbookQuery(playbookId), refetchOnMount: 'always' });
  const { error, refetch } = answer;
  const playbook = answer.isFetchedAfterMount ? answer.data : undefined;
  const [round, setRound] = useState(0);
  useDocumentTitle(playbook ? `${playbook.definition.name} · Steward` : 'Steward');
  if (error) {
    return (
      <LoadFailed
        page
        title="This playbook could not be shown"
        error={error}
        gone={{ title: 'There is no such playbook', text: 'It was deleted, or the address is not whole.' }}
        back={toList}
        onRetry={refetch}
      />
    );
  }
  if (!playbook) {
    return (
      <Stack p="lg" gap="md" aria-busy="true" role="status" aria-label="Loading">
        <Skeleton h={22} w={280} />
        <Skeleton h={14} w="70%" />
        <Skeleton h={360} />
      </Stack>
    );
  }
  if (!playbook.mayEdit) return <PlaybookAbout playbook={playbook} />;
  const loadAnew = () => void refetch().then(() => setRound((now) => now + 1));
  return <PlaybookForm key={`${playbook.id} ${round}`} playbook={playbook} onLoadAnew={loadAnew} />;
}
