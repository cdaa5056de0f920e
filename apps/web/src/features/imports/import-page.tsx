import { Anchor, Button, Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { factKindInfo } from '@steward/shared/fact-kinds';
import type { ImportDetail } from '@steward/shared/import-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { formatInstant } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { AmountsWithoutRate } from './amounts-without-rate.js';
import { ImportCountsGrid } from './import-counts.js';
import { ImportProblemAlert } from './import-problem.js';
import { importStateText, whatFollows, whatIsKept } from './import-state.js';
import { importQuery, isBusy } from './imports.js';
import { Rejections } from './rejections.js';
import { useCancelImport } from './run-import.js';
import { UnmatchedOwners } from './unmatched-owners.js';

const route = getRouteApi('/shell/data/imports/$importId');

/** Progress while a file is imported, and then what came of it. */
export function ImportPage() {
  const { importId } = route.useParams();
  const { data, error, refetch } = useQuery(importQuery(importId));
  useDocumentTitle(data ? `${data.fileName} · Steward` : 'Import · Steward');
  if (error) return <LoadFailed page title="This import could not be shown" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={240} m="lg" />;
  return (
    <>
      <PageHeader
        title={data.fileName}
        aside={`${factKindInfo(data.kind).plural} · ${importStateText(data)}`}
        actions={
          <Button variant="default" component={Link} to="/data">
            All imports
          </Button>
        }
      />
      <Stack px="lg" py="md" gap="md" maw={1080}>
        {isBusy(data) ? <Running detail={data} /> : null}
        {data.problem ? <ImportProblemAlert problem={data.problem} /> : null}
        {data.did ? <ImportCountsGrid counts={data.did} /> : null}
        <Outcome detail={data} />
        <AmountsWithoutRate withoutRate={data.withoutRate} />
        <Rejections importId={data.id} rejections={data.rejections} total={data.did?.rejected ?? 0} imported />
        <UnmatchedOwners owners={data.owners} />
      </Stack>
    </>
  );
}

function Running({ detail }: { detail: ImportDetail }) {
  const percent = Math.floor(detail.progress * 100);
  const cancel = useCancelImport(detail.id);
  return (
    <div>
      <Progress value={percent} aria-label={`Import of ${detail.fileName}`} animated />
      <Text size="sm" c="dimmed" mt={6} role="status">
        {percent} % of the file, everything up to line {detail.committedLine} is in. You may leave this page; the import
        goes on.
      </Text>
      <Button variant="default" mt="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel the rest
      </Button>
    </div>
  );
}

function Outcome({ detail }: { detail: ImportDetail }) {
  const { timeZone } = useMe().workspace;
  if (detail.state === 'failed' || detail.state === 'cancelled') {
    return <Text size="sm">{whatIsKept(detail.committedLine)}</Text>;
  }
  if (detail.state !== 'done') return null;
  const quarantined = detail.did?.quarantined ?? 0;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        Finished {formatInstant(detail.finishedAt, timeZone)}. {whatFollows(detail.did)}
      </Text>
      {quarantined > 0 ? (
        <Text size="sm">
          {plural(quarantined, 'fact')} of accounts that are not known yet wait in the{' '}
          <Anchor component={Link} to="/data/quarantine" inherit underline="always">
            quarantine
          </Anchor>{' '}
          and are applied when their accounts arrive.
        </Text>
      ) : null}
      {detail.keptByHand > 0 ? (
        <Text size="sm">{plural(detail.keptByHand, 'field')} set by hand were not overwritten.</Text>
      ) : null}
      <Group gap="xs">
        <Button component={Link} to="/accounts">
          See the accounts
        </Button>
        <Button variant="default" component={Link} to="/data/import">
          Import another file
        </Button>
      </Group>
    </Stack>
  );
}
