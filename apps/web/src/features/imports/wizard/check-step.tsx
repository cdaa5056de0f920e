import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { type FactKind, factKindInfo } from '@steward/shared/fact-kinds';
import type { ImportDetail } from '@steward/shared/import-api';
import type { ImportCounts } from '@steward/shared/imports';
import { errorText } from '../../../lib/api.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { AmountsWithoutRate } from '../amounts-without-rate.js';
import { ImportCountsGrid } from '../import-counts.js';
import { ImportProblemAlert } from '../import-problem.js';
import { Rejections } from '../rejections.js';
import { useCheckImport, useRunImport } from '../run-import.js';
import { DateQuestions } from './date-questions.js';

interface CheckStepProps {
  file: ImportDetail;
  onBack: () => void;
  onStarted: () => void;
}

/** What the import would do, counted over the whole file; nothing has been written yet. */
export function CheckStep({ file, onBack, onStarted }: CheckStepProps) {
  const run = useRunImport(file.id);
  const check = useCheckImport(file.id);
  const { wouldDo, problem } = file;
  if (file.state === 'checking') {
    const percent = Math.floor(file.progress * 100);
    return (
      <div>
        <Progress value={percent} animated aria-label={`Check of ${file.fileName}`} />
        <Text size="sm" c="dimmed" mt={6} role="status">
          Reading the whole file, {percent} %
        </Text>
      </div>
    );
  }
  return (
    <Stack gap="md">
      {problem ? <ImportProblemAlert problem={problem} /> : null}
      {problem && problem.questions.length > 0 && file.mapping ? (
        <DateQuestions
          questions={problem.questions}
          mapping={file.mapping}
          busy={check.isPending}
          onAnswer={(mapping) => check.mutate({ mapping, saveAs: null })}
        />
      ) : null}
      {wouldDo ? (
        <>
          <Text size="sm" role="status">
            {checkedText(file.kind, wouldDo)}
            {wouldDo.rejected > 0 ? ` ${plural(wouldDo.rejected, 'row')} would be rejected.` : ''}
          </Text>
          <ImportCountsGrid counts={wouldDo} />
          <AmountsWithoutRate withoutRate={file.withoutRate} />
          <Rejections importId={file.id} rejections={file.rejections} total={wouldDo.rejected} imported={false} />
        </>
      ) : null}
      {run.isError || check.isError ? (
        <Alert color="red" variant="light" role="alert">
          {errorText(run.error ?? check.error)}
        </Alert>
      ) : null}
      <Group>
        <Button variant="default" onClick={onBack}>
          Back to the columns
        </Button>
        <Button
          disabled={file.state !== 'checked' || wouldDo === null || wouldDo.rows === 0}
          loading={run.isPending}
          onClick={() => run.mutate(undefined, { onSuccess: onStarted })}
        >
          Import
        </Button>
      </Group>
    </Stack>
  );
}

function checkedText(kind: FactKind, { rows, created, updated }: ImportCounts): string {
  if (rows === 0) return 'This file holds no rows below its header: there is nothing to import.';
  if (created + updated === 0) return 'Importing this file would change nothing.';
  const what = factKindInfo(kind).plural.toLowerCase();
  return `Importing this file would create ${formatNumber(created)} and update ${formatNumber(updated)} ${what}.`;
}
