import { Button, Drawer, Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { askStart } from '../../components/goal/ask-start.js';
import { accountGoalsQuery } from '../../components/goal/get-goals.js';
import { GoalList } from '../../components/goal/goal-list.js';
import { GoalPanel } from '../../components/goal/goal-panel.js';
import { isLive } from '../../components/goal/goal-words.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';

const route = getRouteApi('/shell/accounts/$accountId');

/** What runs on the account, what ran, and the way to start something. */
export function GoalsTab({ account }: { account: AccountDetail }) {
  const { goal: openId = null } = route.useSearch();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(accountGoalsQuery(account.id));
  const mayStart = useMe().permissions.includes('goals:write');
  const live = data?.goals.filter(isLive) ?? [];
  const ended = data?.goals.filter((goal) => !isLive(goal)) ?? [];
  const open = (id: string | undefined) =>
    void navigate({ to: '.', search: (now) => ({ ...now, goal: id }), replace: true });
  return (
    <>
      <Section
        title="Goals"
        note={data && live.length > 0 ? plural(live.length, 'live goal') : null}
        aside={
          mayStart ? (
            <Button
              variant="default"
              leftSection={<IconTargetArrow size={14} aria-hidden />}
              title="P"
              aria-keyshortcuts="P"
              onClick={() => askStart({ accountId: account.id, alert: null })}
            >
              Start a playbook
            </Button>
          ) : null
        }
      >
        {error ? <LoadFailed title="Goals could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={160} />}
        {data && live.length === 0 ? (
          <EmptyState
            title="No live goals"
            text={
              mayStart
                ? 'No playbook runs on this account. Start one with P.'
                : 'No playbook runs on this account. A CSM, an account manager or a manager starts them.'
            }
          />
        ) : null}
        {live.length > 0 ? (
          <GoalList label="Live goals" goals={live} openId={openId} onOpen={({ id }) => open(id)} />
        ) : null}
      </Section>
      {ended.length > 0 ? (
        <Section title="Ended" note={plural(ended.length, 'goal')}>
          <GoalList label="Ended goals" goals={ended} openId={openId} onOpen={({ id }) => open(id)} />
        </Section>
      ) : null}
      <Drawer
        opened={openId !== null}
        onClose={() => open(undefined)}
        position="right"
        size={460}
        withCloseButton={false}
        padding={0}
        aria-label="Goal"
      >
        {openId === null ? null : (
          <GoalPanel accountId={account.id} id={openId} withAccount={false} inDrawer onClose={() => open(undefined)} />
        )}
      </Drawer>
    </>
  );
}
