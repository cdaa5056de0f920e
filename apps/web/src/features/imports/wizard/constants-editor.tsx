import { ActionIcon, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { factField, factKindInfo } from '@steward/shared/fact-kinds';
import { IconX } from '@tabler/icons-react';
import type { MappingDraft } from './mapping-draft.js';

interface ConstantsEditorProps {
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

/** The same value for every row, for fields without a column: all rows are NPS answers. */
export function ConstantsEditor({ draft, onChange }: ConstantsEditorProps) {
  const mapped = new Set(draft.columns.map((column) => column.field));
  const entries = Object.entries(draft.constants);
  const free = factKindInfo(draft.kind).fields.filter(
    (field) => !mapped.has(field.key) && draft.constants[field.key] === undefined,
  );
  const set = (key: string, value: string | null) => {
    const { [key]: _, ...rest } = draft.constants;
    onChange({ ...draft, constants: value === null ? rest : { ...rest, [key]: value } });
  };
  return (
    <Stack gap={6}>
      <Text size="xs" fw={500}>
        Same for every row
      </Text>
      {entries.map(([key, value]) => {
        const field = factField(draft.kind, key);
        const label = field?.label ?? key;
        return (
          <Group key={key} gap="xs">
            <Text size="sm" w={160}>
              {label}
            </Text>
            {field?.options ? (
              <Select
                aria-label={`${label} of every row`}
                w={220}
                data={field.options.map((option) => ({ value: option.value, label: option.label }))}
                value={value}
                onChange={(next) => set(key, next ?? '')}
              />
            ) : (
              <TextInput
                aria-label={`${label} of every row`}
                w={220}
                value={value}
                onChange={(event) => set(key, event.currentTarget.value)}
              />
            )}
            <ActionIcon aria-label={`Remove ${label}`} onClick={() => set(key, null)}>
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      <Select
        aria-label="Add a field with the same value for every row"
        placeholder="Add a field"
        w={220}
        searchable
        data={free.map((field) => ({ value: field.key, label: field.label }))}
        value={null}
        onChange={(key) => key && set(key, factField(draft.kind, key)?.options?.[0]?.value ?? '')}
      />
    </Stack>
  );
}
