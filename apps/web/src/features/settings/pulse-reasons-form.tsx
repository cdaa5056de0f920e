import type { PulseReason, PulseReasonList, SetPulseReasons } from '@steward/shared/pulse';
import { useQueryClient } from '@tanstack/react-query';
import { pulseReasonsQuery } from '../../components/judgement/set-pulse.js';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { askAgainAfterConflict } from './ask-again-after-conflict.js';
import { ReasonsForm } from './reasons-form.js';
import { unsavedKey } from './sales-lists.js';

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
    onError: (error) => askAgainAfterConflict(queryClient, error, pulseReasonsQuery.queryKey),
  });
}

/** What people choose from when they give a pulse; what was given keeps its words. */
export function PulseReasonsForm({ list }: { list: PulseReasonList }) {
  const save = useSavePulseReasons();
  return (
    <ReasonsForm<PulseReason>
      title="Reasons of a pulse"
      note="One that is no longer offered stays on pulses that name it"
      stored={{ revision: list.revision, items: list.reasons }}
      question="Offered"
      questionOf={(label) => `Is ${label} offered`}
      isYes={({ active }) => active}
      withAnswer={(active) => ({ active })}
      newItem={() => ({ key: unsavedKey(), label: '', active: true })}
      lineOf={({ label, active }) => (active ? label : `${label}, no longer offered`)}
      save={save}
      onSave={({ revision, items }, saved) =>
        save.mutate(
          { revision, reasons: items.map(keyed) },
          { onSuccess: (made) => saved({ revision: made.revision, items: made.reasons }) },
        )
      }
    />
  );
}
