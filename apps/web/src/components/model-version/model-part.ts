import type {
  DiffQuery,
  ModelDiff,
  ModelProblem,
  PublishDraft,
  RollBack,
  VersionEntry,
  VersionList,
} from '@steward/shared/model-versions';
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** A part of the model that has a draft and versions: the tiers, the stages, or one health profile. */
export interface ModelPart {
  /** `/tiers`, `/stages` or `/health-profiles/…`. */
  path: string;
  /** As sentences name it: “the tiers”. */
  name: string;
}

/** A draft as the server keeps it. */
export interface KeptDraft<B> {
  revision: number;
  body: B;
  basedOn: number | null;
  startedBy: { id: string; name: string } | null;
  startedAt: string;
  savedBy: { id: string; name: string } | null;
  savedAt: string;
  problems: readonly ModelProblem[];
}

export interface DraftAnswer<B> {
  draft: KeptDraft<B> | null;
  published: VersionEntry | null;
}

/** The draft, where there is one, and what is published; `publishedBody` is null of a profile that never was. */
export interface PartState<B> extends DraftAnswer<B> {
  publishedBody: B | null;
}

const draftPath = ({ path }: ModelPart) => `${path}/draft`;

/** GET …/draft, then GET …/versions/:version of the published one. */
export async function loadPart<B>(part: ModelPart, signal?: AbortSignal): Promise<PartState<B>> {
  const answer = await request<DraftAnswer<B>>('GET', draftPath(part), { signal });
  const version = answer.published?.version;
  if (version === undefined) return { ...answer, publishedBody: null };
  const { body } = await request<{ body: B }>('GET', `${part.path}/versions/${version}`, { signal });
  return { ...answer, publishedBody: body };
}

export const partQuery = <B>(part: ModelPart) =>
  queryOptions({
    queryKey: ['model', part.path, 'state'],
    queryFn: ({ signal }) => loadPart<B>(part, signal),
    staleTime: 0,
  });

/** PUT …/draft */
export const saveDraft = <B>(part: ModelPart, body: B, revision: number | null) =>
  request<DraftAnswer<B>>('PUT', draftPath(part), { body: { revision, body } });

/** DELETE …/draft */
export const discardDraft = (part: ModelPart, revision: number) =>
  request<void>('DELETE', draftPath(part), { query: { revision } });

/** GET …/versions */
export const versionsQuery = (part: ModelPart) =>
  queryOptions({
    queryKey: ['model', part.path, 'versions'],
    queryFn: ({ signal }) => request<VersionList>('GET', `${part.path}/versions`, { signal }),
  });

type Side = DiffQuery['to'];
/** GET …/diff: what changed between two versions, or to the draft; `saved` tells one state of the draft from the next. */
export const diffQuery = (part: ModelPart, from: Side | undefined, to: Side, saved?: number) =>
  queryOptions({
    queryKey: ['model', part.path, 'diff', from ?? 'published', to, saved ?? null],
    queryFn: ({ signal }) => request<ModelDiff>('GET', `${part.path}/diff`, { query: { from, to }, signal }),
    // Nobody asks for a draft's differences after its dialog: the next draft has others.
    ...(to === 'draft' && { gcTime: 0 }),
  });

/** What is published shows everywhere: fields, accounts, charts. What a version changed stays as it was. */
const askAgain = (queryClient: QueryClient) =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'model' || queryKey[2] !== 'diff' });

/** POST …/publish */
export function usePublish(part: ModelPart) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: PublishDraft) => request<VersionEntry>('POST', `${part.path}/publish`, { body }),
    onSuccess: () => askAgain(queryClient),
  });
}

/** POST …/versions/:version/roll-back */
export function useRollBack(part: ModelPart) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: RollBack & { version: number }) =>
      request<VersionEntry>('POST', `${part.path}/versions/${version}/roll-back`, { body }),
    onSuccess: () => askAgain(queryClient),
  });
}
