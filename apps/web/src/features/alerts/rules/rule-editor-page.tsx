import { Button, Skeleton, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { useMe } from '../../../lib/me.js';
import { ruleQuery } from './get-rules.js';
import { RuleAbout } from './rule-about.js';
import { RuleForm } from './rule-form.js';

const route = getRouteApi('/shell/alerts/rules/$ruleId');

export function NewRulePage() {
  useDocumentTitle('New alert rule · Steward');
  const mayWrite = useMe().permissions.includes('alerts:write');
  if (mayWrite) return <RuleForm rule={null} />;
  return (
    <EmptyState
      page
      title="Rules are made by admins and managers"
      text="Your role may look at them. Ask an admin for more."
      action={
        <Button variant="default" component={Link} to="/alerts/rules">
          Back to the rules
        </Button>
      }
    />
  );
}

/** A rule: its form for those who may change it, and what it says for all others. */
export function RulePage() {
  const { ruleId } = route.useParams();
  // A form that began with an older answer would be refused for a change that its writer has seen.
  const answer = useQuery({ ...ruleQuery(ruleId), refetchOnMount: 'always' });
  const { error, refetch } = answer;
  const rule = answer.isFetchedAfterMount ? answer.data : undefined;
  const [round, setRound] = useState(0);
  useDocumentTitle(rule ? `${rule.name} · Steward` : 'Steward');
  if (error) {
    return (
      <LoadFailed
        page
        title="This rule could not be shown"
        error={error}
        gone={{ title: 'There is no such rule', text: 'It was deleted, or the address is not whole.' }}
        back={
          <Button variant="default" component={Link} to="/alerts/rules">
            Back to the rules
          </Button>
        }
        onRetry={refetch}
      />
    );
  }
  if (!rule) {
    return (
      <Stack p="lg" gap="md" aria-busy="true" role="status" aria-label="Loading">
        <Skeleton h={22} w={280} />
        <Skeleton h={14} w="70%" />
        <Skeleton h={360} />
      </Stack>
    );
  }
  if (!rule.mayEdit) return <RuleAbout rule={rule} />;
  const loadAnew = () => void refetch().then(() => setRound((now) => now + 1));
  return <RuleForm key={`${rule.id} ${round}`} rule={rule} onLoadAnew={loadAnew} />;
}
