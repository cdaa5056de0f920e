import type { RenderedTemplate, TouchTemplate } from '@steward/shared/touch-templates';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toastError } from '../ui/toast.js';

interface OfferedTemplates {
  templates: Pick<TouchTemplate, 'id' | 'name' | 'kind' | 'subject' | 'text'>[];
}

/** GET /accounts/:id/touch-templates: those that are offered for the account. */
export const offeredTemplatesQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'touch-templates'],
    queryFn: async ({ signal }) =>
      (await request<OfferedTemplates>('GET', `/accounts/${accountId}/touch-templates`, { signal })).templates,
  });

/** POST …/touch-templates/:id/render */
export const renderTemplate = (accountId: string, templateId: string, contactId: string | null) =>
  request<RenderedTemplate>('POST', `/accounts/${accountId}/touch-templates/${templateId}/render`, {
    body: { contactId },
  });

export function useRenderTemplate(accountId: string) {
  return useMutation({
    mutationFn: ({ id, contactId }: { id: string; contactId: string | null }) =>
      renderTemplate(accountId, id, contactId),
    onError: (error) => toastError('The template was not filled in', error),
  });
}

/** As it goes into the text: an e-mail begins with its subject. */
export const textOfTemplate = ({ subject, text }: RenderedTemplate): string =>
  subject === null ? text : `${subject}\n\n${text}`;
