import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useMutation } from './mutation.js';

interface Answer {
  take: () => void;
  refuse: () => void;
}

/** A mutation before a server that answers when it is told to; what it was asked, in turn. */
function asking() {
  const asked: unknown[] = [];
  const answers: Answer[] = [];
  const said: unknown[] = [];
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(
    () =>
      useMutation({
        mutationFn: (what: unknown) => {
          asked.push(what);
          return new Promise<void>((take, refuse) => answers.push({ take, refuse: () => refuse(new Error('no')) }));
        },
        onSuccess: (_answer, what) => {
          said.push(what);
        },
      }),
    { wrapper },
  );
  const ask = (...all: unknown[]) => act(async () => all.forEach((what) => void result.current.mutate(what)));
  const answer = (how: keyof Answer, which = 0) => act(async () => answers[which]?.[how]());
  return { asked, said, ask, answer };
}

it('does once what is asked for twice in a moment, and says it once', async () => {
  const { asked, said, ask, answer } = asking();
  await ask({ title: 'Call' }, { title: 'Call' });
  await ask({ title: 'Call' });
  expect(asked).toEqual([{ title: 'Call' }]);
  await answer('take');
  expect(said).toEqual([{ title: 'Call' }]);
});

it('does the same anew once the first is done, or was refused', async () => {
  const { asked, ask, answer } = asking();
  await ask('x');
  await answer('take', 0);
  await ask('x');
  await answer('refuse', 1);
  await ask('x');
  expect(asked).toEqual(['x', 'x', 'x']);
});

it('holds up no other change, nor the way back from it', async () => {
  const { asked, ask } = asking();
  await ask({ on: true }, { on: false }, { on: true });
  expect(asked).toEqual([{ on: true }, { on: false }, { on: true }]);
});

it('takes two files for two', async () => {
  const { asked, ask } = asking();
  await ask(new File(['a'], 'a.csv'), new File(['b'], 'b.csv'));
  expect(asked).toHaveLength(2);
});
