import '@mantine/dropzone/styles.css';
import { Button, Skeleton, Stack, Stepper } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { Import } from '@steward/shared/import-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../../components/ui/empty-state.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { useMe } from '../../../lib/me.js';
import { importQuery } from '../imports.js';
import { CheckStep } from './check-step.js';
import { MappingStep } from './mapping-step.js';
import { UploadStep } from './upload-step.js';

const route = getRouteApi('/shell/data/import');

/**
 * File → columns → check → import. The uploaded file's id stands in the address, and whether somebody went back to the
 * columns, so a reload goes on where it was.
 */
export function ImportWizardPage() {
  useDocumentTitle('Import a file · Steward');
  const { id, step } = route.useSearch();
  const { permissions } = useMe();
  if (!permissions.includes('imports:write')) {
    return <EmptyState page title="Importing is not open to your role" text="Ask an admin of the workspace." />;
  }
  return (
    <>
      <PageHeader
        title="Import a file"
        actions={
          <Button variant="default" component={Link} to="/data">
            All imports
          </Button>
        }
      />
      {id === undefined ? (
        <Steps active={0}>
          <UploadStep />
        </Steps>
      ) : (
        <UploadedSteps key={id} id={id} back={step === COLUMNS} />
      )}
    </>
  );
}

/** The step in the address of somebody who went back from the check. */
const COLUMNS = 'columns';

/** What has been checked shows what came of it until somebody goes back; while it is checked, nothing else can be done. */
function showsCheck(state: Import['state'], back: boolean): boolean {
  return state === 'checking' || (!back && (state === 'checked' || state === 'failed'));
}

function UploadedSteps({ id, back }: { id: string; back: boolean }) {
  const { data, error, refetch } = useQuery(importQuery(id));
  const navigate = useNavigate();
  const goTo = (step: typeof COLUMNS | undefined) =>
    void navigate({ to: '/data/import', search: { id, step }, replace: step === undefined });
  if (error) return <LoadFailed title="This file could not be found" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={240} m="lg" />;
  if (data.state === 'done' || data.state === 'running' || data.state === 'queued') {
    return (
      <EmptyState
        title={data.state === 'done' ? 'This file has been imported' : 'This file is being imported'}
        text={data.fileName}
        action={
          <Button component={Link} to={`/data/imports/${id}`}>
            See how it went
          </Button>
        }
      />
    );
  }
  const checks = showsCheck(data.state, back);
  return (
    <Steps active={checks ? 2 : 1}>
      {checks ? (
        <CheckStep
          file={data}
          onBack={() => goTo(COLUMNS)}
          onStarted={() => void navigate({ to: '/data/imports/$importId', params: { importId: id } })}
        />
      ) : (
        <MappingStep file={data} onChecked={() => goTo(undefined)} />
      )}
    </Steps>
  );
}

function Steps({ active, children }: { active: number; children: React.ReactNode }) {
  return (
    <Stack px="lg" py="md" gap="lg" maw={1240}>
      <Stepper active={active} size="xs" maw={640} allowNextStepsSelect={false}>
        <Stepper.Step label="File" />
        <Stepper.Step label="Columns" />
        <Stepper.Step label="Check and import" />
      </Stepper>
      {children}
    </Stack>
  );
}
