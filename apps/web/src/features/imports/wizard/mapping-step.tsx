import { Alert, Button, Group, List, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { FACT_KINDS, type FactKind, factKindInfo } from '@steward/shared/fact-kinds';
import type { ImportDetail, ImportPreview } from '@steward/shared/import-api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { DayInput } from '../../../components/ui/day-input.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { errorText } from '../../../lib/api.js';
import { formatNumber } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { previewQuery } from '../preview-import.js';
import { useCheckImport } from '../run-import.js';
import { ConstantsEditor } from './constants-editor.js';
import { FileSample } from './file-sample.js';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.js';
import { draftOf, type MappingDraft, needsDay, problemsOf } from './mapping-draft.js';
import { MappingTable } from './mapping-table.js';

interface MappingStepProps {
  file: ImportDetail;
  onChecked: () => void;
}

export function MappingStep({ file, onChecked }: MappingStepProps) {
  const [kind, setKind] = useState<FactKind>(() => keptDraft(file)?.kind ?? file.mapping?.kind ?? file.kind);
  const { data, error, refetch } = useQuery(previewQuery(file.id, kind));
  if (error) return <LoadFailed title="The file could not be read" error={error} onRetry={refetch} />;
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="lg">
        <Select
          label="What the file holds"
          w={240}
          data={FACT_KINDS.map((each) => ({ value: each, label: factKindInfo(each).plural }))}
          value={kind}
          onChange={(next) => next && setKind(next as FactKind)}
        />
        <Text size="sm" c="dimmed" maw={520}>
          {factKindInfo(kind).description}
        </Text>
      </Group>
      {data ? <MappingForm key={kind} file={file} preview={data} onChecked={onChecked} /> : <Skeleton h={320} />}
    </Stack>
  );
}

const ENCODING_NAMES = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', 'windows-1252': 'Latin-1' };
const DELIMITER_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

interface MappingFormProps extends MappingStepProps {
  preview: ImportPreview;
}

function MappingForm({ file, preview, onChecked }: MappingFormProps) {
  const { workspace } = useMe();
  const [draft, setDraft] = useState<MappingDraft>(() => {
    const begun = [keptDraft(file), file.mapping].find((each) => each?.kind === preview.kind);
    return begun ? { ...begun } : draftOf(preview.kind, preview.suggestions);
  });
  const [begunFrom] = useState(file.mapping);
  useEffect(() => keepDraft(file.id, begunFrom, draft), [file.id, begunFrom, draft]);
  const [saveAs, setSaveAs] = useState('');
  const check = useCheckImport(file.id, () => {
    forgetDraft(file.id);
    onChecked();
  });
  const problems = problemsOf(draft, preview.columns);
  const general = problems.filter((problem) => problem.column === null);

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {file.fileName}: {ENCODING_NAMES[preview.encoding]}, columns divided by {DELIMITER_NAMES[preview.delimiter]},{' '}
        {preview.complete ? '' : 'more than '}
        {formatNumber(preview.rowsRead)} rows.
      </Text>
      {preview.unclearOrigin ? (
        <Alert color="yellow" variant="light" role="status">
          {preview.unclearOrigin}
        </Alert>
      ) : null}
      {preview.savedMappings.length > 0 ? (
        <Select
          label="Saved mappings for this header"
          placeholder="Use one"
          w={300}
          data={preview.savedMappings.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={(id) => {
            const saved = preview.savedMappings.find((each) => each.id === id);
            if (saved) setDraft({ ...saved.mapping });
          }}
        />
      ) : null}
      <MappingTable
        draft={draft}
        profiles={preview.columns}
        suggestions={preview.suggestions}
        problems={problems}
        onChange={setDraft}
      />
      <Group align="flex-start" gap="lg">
        {needsDay(draft) || draft.kind === 'account' || draft.kind === 'contact' ? (
          <DayInput
            label="The file is as of"
            description={
              needsDay(draft) ? 'It has no column for the day' : 'When its values were true; today when empty'
            }
            required={needsDay(draft)}
            max={workspace.today}
            value={draft.dated ?? null}
            onChange={(dated) => setDraft({ ...draft, dated })}
          />
        ) : null}
        <Select
          label="Rows name accounts by"
          description="How the account column is to be read"
          data={[
            { value: 'externalId', label: 'the account’s id' },
            { value: 'subscription', label: 'the id of a subscription' },
          ]}
          value={draft.accountVia ?? 'externalId'}
          onChange={(via) => setDraft({ ...draft, accountVia: via as MappingDraft['accountVia'] })}
        />
        <TextInput
          label="Currency of amounts"
          description="Where the file names none"
          w={170}
          maxLength={3}
          placeholder={workspace.currency}
          value={draft.currency ?? ''}
          onChange={(event) => {
            const code = event.currentTarget.value.toUpperCase();
            setDraft({ ...draft, currency: code === '' ? null : code });
          }}
        />
        {draft.kind === 'account' || draft.kind === 'contact' ? (
          <Select
            label="Blank cells"
            description="Of fields that are known already"
            data={[
              { value: 'keep', label: 'keep what is known' },
              { value: 'clear', label: 'clear the field' },
            ]}
            value={draft.blanks ?? 'keep'}
            onChange={(blanks) => setDraft({ ...draft, blanks: blanks as MappingDraft['blanks'] })}
          />
        ) : null}
      </Group>
      <ConstantsEditor draft={draft} onChange={setDraft} />
      <FileSample preview={preview} />
      {check.isError ? (
        <Alert color="red" variant="light" role="alert" title="The mapping was not taken">
          {errorText(check.error)}
        </Alert>
      ) : null}
      {general.length > 0 ? (
        <Alert color="yellow" variant="light" title="Before it can be checked" role="status">
          <List size="sm">
            {general.map((problem) => (
              <List.Item key={problem.text}>{problem.text}</List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      <Group align="flex-end">
        <Button
          disabled={problems.length > 0}
          loading={check.isPending}
          onClick={() => check.mutate({ mapping: draft, saveAs: saveAs.trim() === '' ? null : saveAs.trim() })}
        >
          Check the file
        </Button>
        <TextInput
          label="Keep this mapping as"
          placeholder="Not kept"
          w={220}
          maxLength={120}
          value={saveAs}
          onChange={(event) => setSaveAs(event.currentTarget.value)}
        />
      </Group>
    </Stack>
  );
}
