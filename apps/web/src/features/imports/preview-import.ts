import type { FactKind } from '@steward/shared/fact-kinds';
import type { ImportPreview } from '@steward/shared/import-api';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

/** GET /imports/:id/preview: what stands in the file's columns and where they could go for a kind of fact. */
export const previewQuery = (id: string, kind: FactKind | undefined) =>
  queryOptions({
    queryKey: ['imports', id, 'preview', kind ?? null],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => request<ImportPreview>('GET', `/imports/${id}/preview`, { query: { kind }, signal }),
  });
