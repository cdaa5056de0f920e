import { SegmentedControl, Table, TextInput } from '@mantine/core';
import type { ChurnReason, ChurnReasonList } from '@steward/shared/leaving';
import { useState } from 'react';
import { Section } from '../../components/ui/section.js';
import { useMe } from '../../lib/me.js';
import { ListForm } from './list-form.js';
import { unsavedKey, useSaveChurnReasons, withKeys } from './sales-lists.js';

/** Why customers leave, and whether we can do something about it. */
export function ChurnReasonsForm({ list }: { list: ChurnReasonList }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const [reasons, setReasons] = useState(list.reasons);
  const save = useSaveChurnReasons();
  return (
    <Section
      title="Churn reasons"
      note="Asked for when a customer leaves or a renewal is lost; what was recorded keeps its words"
    >
      <ListForm<ChurnReason>
        label="Churn reasons"
        items={reasons}
        headings={['Reason', 'Can we influence it?']}
        most={50}
        addWords="Add a reason"
        newItem={() => ({ key: unsavedKey(), label: '', canInfluence: true })}
        cells={(reason, set) => (
          <>
            <Table.Td>
              <TextInput
                aria-label={`Name of ${reason.label || 'the new reason'}`}
                maxLength={80}
                disabled={!mayWrite}
                value={reason.label}
                onChange={(event) => set({ label: event.currentTarget.value })}
              />
            </Table.Td>
            <Table.Td w={140}>
              <SegmentedControl
                aria-label={`Can we influence ${reason.label || 'the new reason'}`}
                disabled={!mayWrite}
                data={[
                  { value: 'yes', label: 'Yes' },
                  { value: 'no', label: 'No' },
                ]}
                value={reason.canInfluence ? 'yes' : 'no'}
                onChange={(next) => set({ canInfluence: next === 'yes' })}
              />
            </Table.Td>
          </>
        )}
        onChange={setReasons}
        isDirty={JSON.stringify(reasons) !== JSON.stringify(list.reasons)}
        isPending={save.isPending}
        error={save.error}
        mayWrite={mayWrite}
        onSave={() => save.mutate({ revision: list.revision, reasons: withKeys(reasons) })}
        onReset={() => setReasons(list.reasons)}
      />
    </Section>
  );
}
