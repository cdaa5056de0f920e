import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { ExchangeRatesSection } from './exchange-rates-section.js';
import { QuietPeriodsSection } from './quiet-periods-section.js';
import { SampleSection } from './sample-section.js';
import { workspaceQuery } from './workspace.js';
import { WorkspaceForm } from './workspace-form.js';

export function WorkspacePage() {
  const { data, error, refetch } = useQuery(workspaceQuery);
  return (
    <>
      {error ? <LoadFailed title="The workspace could not be loaded" error={error} onRetry={refetch} /> : null}
      {data ? (
        <>
          <SampleSection />
          <WorkspaceForm workspace={data} />
          <ExchangeRatesSection />
          <QuietPeriodsSection />
        </>
      ) : null}
      {data || error ? null : <Skeleton h={400} mt="lg" />}
    </>
  );
}
