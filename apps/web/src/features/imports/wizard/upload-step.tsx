import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { FACT_KINDS, factKindInfo } from '@steward/shared/fact-kinds';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { errorText } from '../../../lib/api.js';
import { useUploadImport } from '../upload-import.js';

export function UploadStep() {
  const upload = useUploadImport();
  const navigate = useNavigate();
  return (
    <Stack gap="sm" maw={760}>
      {upload.isError ? (
        <Alert color="red" variant="light" role="alert" title="The file was not taken">
          {errorText(upload.error)}
        </Alert>
      ) : null}
      {upload.isPending ? (
        <Uploading name={upload.variables.name} share={upload.share} onCancel={upload.cancel} />
      ) : null}
      <Dropzone
        display={upload.isPending ? 'none' : undefined}
        multiple={false}
        loading={false}
        disabled={upload.isPending}
        inputProps={{ 'aria-label': 'File to import' }}
        onDrop={([file]) => {
          if (!file) return;
          upload.mutate(file, {
            onSuccess: ({ id }) => void navigate({ to: '/data/import', search: { id } }),
          });
        }}
      >
        <Stack align="center" gap={6} py={44}>
          <IconFileSpreadsheet size={28} stroke={1.4} aria-hidden />
          <Text fw={500}>Drop a CSV or TSV file here, or choose one</Text>
          <Text size="sm" c="dimmed">
            Any encoding and delimiter, up to a million rows. Nothing is imported before you have seen what would
            happen.
          </Text>
        </Stack>
      </Dropzone>
      <Text size="sm" c="dimmed">
        Files can hold {FACT_KINDS.map((kind) => factKindInfo(kind).plural.toLowerCase()).join(', ')}.
      </Text>
    </Stack>
  );
}

/** How far the file has come; when all of it is sent, the server still reads its first rows. */
function Uploading({ name, share, onCancel }: { name: string; share: number; onCancel: () => void }) {
  const percent = Math.floor(share * 100);
  return (
    <Stack gap={8} py="xl">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={500} role="status" truncate>
          {percent < 100 ? `Uploading ${name}` : `Reading ${name}`}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {percent} %
        </Text>
      </Group>
      <Progress value={percent} animated={percent === 100} aria-label={`Upload of ${name}`} />
      <Group>
        <Button variant="default" size="compact-xs" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
