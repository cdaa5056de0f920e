import { SegmentedControl, Table, TextInput } from '@mantine/core';
import type { PulseReason, PulseReasonList, SetPulseReasons } from '@steward/shared/pulse';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { pulseReasonsQuery } from '../../components/judgement/set-pulse.js';
import { Section } from '../../components/ui/section.js';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { ListForm } from './list-form.js';
import { unsavedKey, withKeys } from './sales-lists.js';

/** A key begins with a letter. */
const keyed = (reason: PulseReason): PulseReason =>
  /^[a-z]/.test(reason.key) ? reason : { ...reason, key: `r_${reason.key}` };

/** PUT /pulse-reasons: the whole list. */
function useSavePulseReasons() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SetPulseReasons) => request<PulseReasonList>('PUT', '/pulse-reasons', { body }),
    onSuccess: (list) => {
      toast('Reasons of a pulse saved');
      queryClient.setQueryData(pulseReasonsQuery.queryKey, list);
    },
  });
}

/** What people choose from when they give a pulse; what was given keeps its words. */
export function PulseReasonsForm({ list }: { list: PulseReasonList }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const [reasons, setReasons] = useState(list.reasons);
  const save = useSavePulseReasons();
  return (
    <Section title="Reasons of a pulse" note="One that is no longer offered stays on pulses that name it">
      <ListForm<PulseReason>
        label="Reasons of a pulse"
        items={reasons}
        headings={['Reason', 'Offered']}
        most={50}
        addWords="Add a reason"
        newItem={() => ({ key: unsavedKey(), label: '', active: true })}
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
                aria-label={`Is ${reason.label || 'the new reason'} offered`}
                disabled={!mayWrite}
                data={[
                  { value: 'yes', label: 'Yes' },
                  { value: 'no', label: 'No' },
                ]}
                value={reason.active ? 'yes' : 'no'}
                onChange={(next) => set({ active: next === 'yes' })}
              />
            </Table.Td>
          </>
        )}
        onChange={setReasons}
        isDirty={JSON.stringify(reasons) !== JSON.stringify(list.reasons)}
        isPending={save.isPending}
        error={save.error}
        mayWrite={mayWrite}
        onSave={() => save.mutate({ revision: list.revision, reasons: withKeys(reasons).map(keyed) })}
        onReset={() => setReasons(list.reasons)}
      />
    </Section>
  );
}
