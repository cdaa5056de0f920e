import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dealStagesQuery } from '../../components/deal/get-deals.js';
import { churnReasonsQuery } from '../../components/renewal/get-renewals.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { ChurnReasonsForm } from './churn-reasons-form.js';
import { DealStagesForm } from './deal-stages-form.js';
import { RenewalChanceForm } from './renewal-chance-form.js';
import { workspaceQuery } from './workspace.js';

/** The lists and numbers behind deals, renewals and churn. */
export function SalesPage() {
  const stages = useQuery(dealStagesQuery);
  const reasons = useQuery(churnReasonsQuery);
  const workspace = useQuery(workspaceQuery);
  const error = stages.error ?? reasons.error ?? workspace.error;
  return (
    <>
      {error ? (
        <LoadFailed
          title="These settings could not be loaded"
          error={error}
          onRetry={() => Promise.all([stages.refetch(), reasons.refetch(), workspace.refetch()])}
        />
      ) : null}
      {stages.data && reasons.data && workspace.data ? (
        <>
          <DealStagesForm list={stages.data} />
          <RenewalChanceForm workspace={workspace.data} />
          <ChurnReasonsForm list={reasons.data} />
        </>
      ) : null}
      {error || (stages.data && reasons.data && workspace.data) ? null : <Skeleton h={400} mt="lg" />}
    </>
  );
}
