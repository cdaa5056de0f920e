import type {
  CreateDeal,
  Deal,
  DealBoard,
  DealRevision,
  DealRow,
  DealStage,
  LoseDeal,
  UpdateDeal,
  WinDeal,
} from '@steward/shared/deals';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';
import { stageId } from './deal-words.js';

type Known = Pick<Deal, 'accountId' | 'id' | 'revision' | 'name'>;
type WithoutRevision<T> = Omit<T, 'revision'>;

/** What a person does with a deal. */
export type DealDeed =
  | { deed: 'edit'; change: WithoutRevision<UpdateDeal> }
  | { deed: 'move'; to: DealStage }
  | { deed: 'win'; how: WithoutRevision<WinDeal> }
  | { deed: 'lose'; how: WithoutRevision<LoseDeal> }
  | { deed: 'reopen' };

const pathOf = ({ accountId, id }: Known): string => `/accounts/${accountId}/deals/${encodeURIComponent(id)}`;

function send(deal: Known, asked: DealDeed): Promise<Deal> {
  const { revision } = deal;
  switch (asked.deed) {
    case 'edit':
      return request('PATCH', pathOf(deal), { body: { ...asked.change, revision } });
    case 'move':
      return request('PATCH', pathOf(deal), { body: { stage: asked.to.key, revision } });
    case 'win':
      return request('POST', `${pathOf(deal)}/win`, { body: { ...asked.how, revision } });
    case 'lose':
      return request('POST', `${pathOf(deal)}/lose`, { body: { ...asked.how, revision } });
    case 'reopen':
      return request('POST', `${pathOf(deal)}/reopen`, { body: { revision } });
  }
}

const SAID: Record<Exclude<DealDeed['deed'], 'move'>, string> = {
  edit: 'saved',
  win: 'won',
  lose: 'lost',
  reopen: 'open again',
};

export async function askAgainForDeals(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    [['deals'], ['renewals'], ['today'], ['account'], ['goals']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

/** The card stands in its new column at once; the answer brings the sums. */
export function withCardMoved(board: DealBoard, deal: Known, to: DealStage): DealBoard {
  const isIt = (card: DealRow) => card.id === deal.id && card.accountId === deal.accountId;
  const card = board.columns.flatMap(({ cards }) => cards).find(isIt);
  if (card === undefined) return board;
  const moved = { ...card, stage: { key: to.key, label: to.label } };
  return {
    ...board,
    columns: board.columns.map((column) => {
      const others = column.cards.filter((each) => !isIt(each));
      return { ...column, cards: stageId(column.stage) === to.key ? [moved, ...others] : others };
    }),
  };
}

/** Steps of a deal, each with undo; refused when somebody else was quicker, and then theirs is shown. */
export function useDealSteps() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: (deal: Known) =>
      request<Deal>('POST', `${pathOf(deal)}/undo`, { body: { revision: deal.revision } satisfies DealRevision }),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('It was not taken back', error),
    onSettled: () => askAgainForDeals(queryClient),
  });
  const step = useMutation({
    mutationFn: ({ deal, ...asked }: DealDeed & { deal: Known }) => send(deal, asked),
    onMutate: async ({ deal, ...asked }) => {
      if (asked.deed !== 'move') return;
      await queryClient.cancelQueries({ queryKey: ['deals', 'board'] });
      queryClient.setQueriesData<DealBoard>({ queryKey: ['deals', 'board'] }, (board) =>
        board ? withCardMoved(board, deal, asked.to) : board,
      );
    },
    onSuccess: (after, { deal, ...asked }) => {
      // A step that changes nothing leaves nothing to take back.
      if (after.revision === deal.revision) return;
      const said = asked.deed === 'move' ? `now in ${asked.to.label}` : SAID[asked.deed];
      undoToast(`${after.name}: ${said}`, () => undo.mutate(after));
    },
    onError: (error) => {
      const late = error instanceof ApiError && error.code === 'REVISION_MOVED';
      toastError(late ? 'Somebody else has just changed this deal' : 'It was not done', error);
    },
    onSettled: () => askAgainForDeals(queryClient),
  });
  return { step, undo };
}

/** POST /accounts/:accountId/deals */
export function useCreateDeal(accountId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<CreateDeal>) => request<Deal>('POST', `/accounts/${accountId}/deals`, { body }),
    onSuccess: async ({ name }) => {
      toast(`${name}: added`);
      await askAgainForDeals(queryClient);
    },
    onError: (error) => toastError('The deal was not added', error),
  });
}

/** DELETE /accounts/:accountId/deals/:dealId, with undo. */
export function useRemoveDeal(onDone: () => void) {
  const queryClient = useQueryClient();
  const { undo } = useDealSteps();
  return useMutation({
    mutationFn: (deal: Known) => request<DealRevision>('DELETE', pathOf(deal), { query: { revision: deal.revision } }),
    onSuccess: ({ revision }, deal) => {
      onDone();
      undoToast(`${deal.name}: deleted`, () => undo.mutate({ ...deal, revision }));
    },
    onError: (error) => toastError('The deal was not deleted', error),
    onSettled: () => askAgainForDeals(queryClient),
  });
}
