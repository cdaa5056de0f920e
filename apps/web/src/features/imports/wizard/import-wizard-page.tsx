import '@mantine/dropzone/styles.css';
import { Button, Skeleton, Stack, Stepper } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../../components/ui/empty-state.js';
import { PageHeader } from '../../../components/ui/page-header.js';
import { errorText } from '../../../lib/api.js';
import { useMe } from '../../../lib/me.js';
import { importQuery } from '../imports.js';
import { CheckStep } from './check-step.js';
import { MappingStep } from './mapping-step.js';
import { UploadStep } from './upload-step.js';

const route = getRouteApi('/shell/data/import');

/** File → columns → check → import. The uploaded file's id stands in the address, so a reload goes on where it was. */
export function ImportWizardPage() {
  useDocumentTitle('Import a file · Steward');
  const { id } = route.useSearch();
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
        <UploadedSteps key={id} id={id} />
      )}
    </>
  );
}

function UploadedSteps({ id }: { id: string }) {
  const { data, error } = useQuery(importQuery(id));
  const [mapping, setMapping] = useState(true);
  const navigate = useNavigate();
  if (error) return <EmptyState role="alert" title="This file could not be found" text={errorText(error)} />;
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
  return (
    <Steps active={mapping ? 1 : 2}>
      {mapping ? (
        <MappingStep file={data} onChecked={() => setMapping(false)} />
      ) : (
        <CheckStep
          file={data}
          onBack={() => setMapping(true)}
          onStarted={() => void navigate({ to: '/data/imports/$importId', params: { importId: id } })}
        />
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
