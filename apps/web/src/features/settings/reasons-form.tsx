import { SegmentedControl, Table, TextInput } from '@mantine/core';
import type { ComponentProps } from 'react';
import { Section } from '../../components/ui/section.js';
import { useMe } from '../../lib/me.js';
import { ListForm, type StoredList } from './list-form.js';

interface Reason {
  key: string;
  label: string;
}

interface ReasonsFormProps<T extends Reason> {
  title: string;
  note: string;
  stored: StoredList<T>;
  /** What is asked of each: “Offered”, and for one of them, “Is Price offered”. */
  question: string;
  questionOf: (label: string) => string;
  isYes: (reason: T) => boolean;
  withAnswer: (yes: boolean) => Partial<T>;
  newItem: () => T;
  lineOf: (reason: T) => string;
  save: ComponentProps<typeof ListForm<T>>['save'];
  onSave: ComponentProps<typeof ListForm<T>>['onSave'];
}

/** A list of reasons that people choose from, each with one yes or no. */
export function ReasonsForm<T extends Reason>(props: ReasonsFormProps<T>) {
  const { title, note, stored, question, questionOf, isYes, withAnswer, newItem, lineOf, save, onSave } = props;
  const mayWrite = useMe().permissions.includes('workspace:write');
  return (
    <Section title={title} note={note}>
      <ListForm<T>
        label={title}
        stored={stored}
        headings={['Reason', question]}
        most={50}
        addWords="Add a reason"
        newItem={newItem}
        cells={(reason, set) => (
          <>
            <Table.Td>
              <TextInput
                aria-label={`Name of ${reason.label || 'the new reason'}`}
                maxLength={80}
                disabled={!mayWrite}
                value={reason.label}
                onChange={(event) => set({ label: event.currentTarget.value } as Partial<T>)}
              />
            </Table.Td>
            <Table.Td w={140}>
              <SegmentedControl
                aria-label={questionOf(reason.label || 'the new reason')}
                disabled={!mayWrite}
                data={[
                  { value: 'yes', label: 'Yes' },
                  { value: 'no', label: 'No' },
                ]}
                value={isYes(reason) ? 'yes' : 'no'}
                onChange={(next) => set(withAnswer(next === 'yes'))}
              />
            </Table.Td>
          </>
        )}
        lineOf={lineOf}
        mayWrite={mayWrite}
        save={save}
        onSave={onSave}
      />
    </Section>
  );
}
