import { Button, Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tasksQuery } from '../../components/task/get-tasks.js';
import { TaskFormDialog } from '../../components/task/task-form-dialog.js';
import { TaskList } from '../../components/task/task-list.js';
import { useTaskDeeds } from '../../components/task/use-task-deeds.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';

/** What is to be done on the account, whoever does it; done and added in place. */
export function AccountTasks({ account }: { account: AccountDetail }) {
  const mayAct = useMe().permissions.includes('goals:write');
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const { deeds, dialogs } = useTaskDeeds();
  const { data, error, refetch } = useQuery(
    tasksQuery({ scope: 'all', accountId: account.id, snoozed: true, limit: 200 }),
  );
  return (
    <Section
      title="Tasks"
      note={data && data.total > 0 ? plural(data.total, 'open task') : null}
      aside={
        mayAct ? (
          <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
            New task
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Tasks could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={80} />}
      {data?.rows.length === 0 ? (
        <EmptyState title="No open tasks" text="They come from playbooks, from next steps of touches, and by hand." />
      ) : null}
      {data && data.rows.length > 0 ? (
        <TaskList
          label={`Tasks of ${account.name}`}
          rows={data.rows}
          deeds={deeds}
          isAsking={dialogs !== null}
          inGroups={false}
          withAccount={false}
          onOpen={({ task }) =>
            void navigate({ to: '/goals/tasks', search: { scope: 'all', open: `${task.accountId}~${task.id}` } })
          }
        />
      ) : null}
      {dialogs}
      {making ? <TaskFormDialog account={account} onClose={() => setMaking(false)} /> : null}
    </Section>
  );
}
