import type { DealStageList, UpdateDealStages } from '@steward/shared/deals';
import type { ChurnReasonList, UpdateChurnReasons } from '@steward/shared/leaving';
import { useQueryClient } from '@tanstack/react-query';
import { dealStagesQuery } from '../../components/deal/get-deals.js';
import { churnReasonsQuery } from '../../components/renewal/get-renewals.js';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { askAgainAfterConflict } from './ask-again-after-conflict.js';

/** PUT /deal-stages: the whole list. */
export function useSaveDealStages() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateDealStages) => request<DealStageList>('PUT', '/deal-stages', { body }),
    onSuccess: async (list) => {
      toast('Deal stages saved');
      queryClient.setQueryData(dealStagesQuery.queryKey, list);
      await queryClient.invalidateQueries({ queryKey: ['deals'] });
    },
    onError: (error) => askAgainAfterConflict(queryClient, error, dealStagesQuery.queryKey),
  });
}

/** PUT /churn-reasons: the whole list. */
export function useSaveChurnReasons() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateChurnReasons) => request<ChurnReasonList>('PUT', '/churn-reasons', { body }),
    onSuccess: async (list) => {
      toast('Churn reasons saved');
      queryClient.setQueryData(churnReasonsQuery.queryKey, list);
      await queryClient.invalidateQueries({ queryKey: ['renewals'] });
    },
    onError: (error) => askAgainAfterConflict(queryClient, error, churnReasonsQuery.queryKey),
  });
}

/** "Legal review" → legal_review; with a number behind where the key is taken already. */
export function keyOf(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 36)
    .replace(/_+$/, '');
  const key = plain === '' ? 'item' : plain;
  if (!taken.includes(key)) return key;
  for (let n = 2; ; n += 1) {
    if (!taken.includes(`${key}_${n}`)) return `${key}_${n}`;
  }
}

/** The list with one of its members a place further up or down. */
export function moved<T>(list: readonly T[], place: number, by: -1 | 1): T[] {
  const next = [...list];
  const [item] = next.splice(place, 1);
  if (item !== undefined) next.splice(place + by, 0, item);
  return next;
}

/** What marks a member that has not been saved: it gets its key from its label. */
const UNSAVED = 'new:';
export const unsavedKey = (): string => `${UNSAVED}${crypto.randomUUID()}`;

/** The list as it is saved: labels without blanks around them, and a key of its own for each new member. */
export function withKeys<T extends { key: string; label: string }>(items: readonly T[]): T[] {
  const taken = items.filter(({ key }) => !key.startsWith(UNSAVED)).map(({ key }) => key);
  return items.map((item) => {
    const label = item.label.trim();
    if (!item.key.startsWith(UNSAVED)) return { ...item, label };
    const key = keyOf(label, taken);
    taken.push(key);
    return { ...item, key, label };
  });
}
