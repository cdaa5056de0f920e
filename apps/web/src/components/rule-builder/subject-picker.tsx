import { Select, Text } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { useMemo } from 'react';
import { useBuilder } from './builder-context.js';
import { byTopic, findSubjects, type Subject, subjectsOf } from './subjects.js';

interface SubjectPickerProps {
  fields: readonly CatalogueField[];
  value: string | null;
  ofRows: boolean;
  /** Within a popover, which a click on a list outside it would close. */
  inPortal: boolean;
  error: boolean;
  onChange: (value: string) => void;
}

/** What a condition is about, found by name or meaning and grouped by topic. */
export function SubjectPicker({ fields, value, ofRows, inPortal, error, onChange }: SubjectPickerProps) {
  const { withSegments } = useBuilder();
  const subjects = useMemo(() => subjectsOf(fields, { ofRows, withSegments }), [fields, ofRows, withSegments]);
  const known = useMemo(() => new Map(subjects.map((subject) => [subject.value, subject])), [subjects]);
  const data = useMemo(() => byTopic(subjects), [subjects]);
  const gone = value !== null && !known.has(value) ? [{ value, label: `${value} (gone)` }] : [];
  return (
    <Select
      aria-label="Field or signal"
      placeholder={ofRows ? 'Search fields' : 'Search fields, signals, events…'}
      searchable
      w={212}
      value={value}
      error={error || gone.length > 0}
      comboboxProps={{ withinPortal: inPortal, width: 300, position: 'bottom-start' }}
      maxDropdownHeight={320}
      nothingFoundMessage="Nothing is called so"
      openOnFocus={value === null}
      data={[...gone, ...data]}
      selectFirstOptionOnChange
      filter={({ search, options }) => (search.trim() === '' ? options : byTopic(findSubjects(subjects, search)))}
      renderOption={({ option }) => <SubjectOption subject={known.get(option.value)} label={option.label} />}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}

function SubjectOption({ subject, label }: { subject: Subject | undefined; label: string }) {
  return (
    <div>
      {label}
      {subject?.description ? (
        <Text size="xs" c="dimmed" lineClamp={2} aria-hidden>
          {subject.description}
        </Text>
      ) : null}
    </div>
  );
}
