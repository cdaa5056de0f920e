import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { type ModelPart, type PartState, partQuery } from '../../components/model-version/model-part.js';
import { ModelPage } from './model-page.js';

const PART: ModelPart = { path: '/tiers', name: 'the tiers' };
const AT = '2026-04-15T09:00:00Z';
const LOADED: PartState<string> = {
  published: { version: 1, state: 'published', publishedAt: AT, publishedBy: null, note: null, rolledBackTo: null },
  publishedBody: 'as published',
  draft: {
    revision: 2,
    body: 'as drafted',
    basedOn: 1,
    startedBy: null,
    startedAt: AT,
    savedBy: { id: 'a', name: 'Ana Lind' },
    savedAt: AT,
    problems: [],
  },
};

/** The page as somebody with these permissions sees it. */
function shown(permissions: string[], loaded: PartState<string> = LOADED) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  queryClient.setQueryData(['me'], { permissions, user: { id: 'me' } });
  queryClient.setQueryData(partQuery<string>(PART).queryKey, loaded);
  global.fetch = jest.fn(() => new Promise<Response>(() => {}));
  render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider>
        <ModelPage<string> part={PART} editor={() => 'the editor'} view={(published) => published} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

it('shows those who look on what is published, who changes it and that a draft is under way', () => {
  shown(['model:read']);
  expect(screen.getByText('as published')).toBeInTheDocument();
  expect(screen.getByText(/Admins change the tiers; your role may look at them\. Ana Lind is at work/)).toBeVisible();
  expect(screen.queryByText('the editor')).not.toBeInTheDocument();
});

it('says so where nothing is published yet', () => {
  shown(['model:read'], { published: null, publishedBody: null, draft: null });
  expect(screen.getByText('Nothing is published yet')).toBeInTheDocument();
});

it('opens the editor with what the server says now, never with what was read before', () => {
  shown(['model:read', 'model:write']);
  expect(screen.getByRole('status', { name: 'Loading' })).toBeInTheDocument();
  expect(screen.queryByText('the editor')).not.toBeInTheDocument();
});
