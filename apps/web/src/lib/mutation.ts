import { hashKey, type UseMutationOptions, type UseMutationResult, useMutation as useAny } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

type Start<T, V, C> = UseMutationResult<T, Error, V, C>['mutateAsync'];

/** A file says nothing of itself as JSON: two of them are never taken for one. */
const isFile = (variables: unknown): boolean => variables instanceof Blob;

/**
 * A change of what the server holds. Asked for again while the very same is under way it is done once: the second click
 * of a double click comes before the button is drawn as waiting. Another change in between is not held up.
 */
export function useMutation<T = unknown, V = void, C = unknown>(
  options: UseMutationOptions<T, Error, V, C>,
): UseMutationResult<T, Error, V, C> {
  const mutation = useAny(options);
  const { mutateAsync: start } = mutation;
  const last = useRef<{ what: string; answer: Promise<T> } | null>(null);
  const mutateAsync = useCallback(
    (variables: V, callbacks?: Parameters<Start<T, V, C>>[1]) => {
      if (isFile(variables)) return start(variables, callbacks);
      const what = hashKey([variables]);
      if (last.current?.what === what) return last.current.answer;
      const answer = start(variables, callbacks);
      const asked = { what, answer };
      last.current = asked;
      const isOver = () => {
        if (last.current === asked) last.current = null;
      };
      answer.then(isOver, isOver);
      return answer;
    },
    [start],
  ) as Start<T, V, C>;
  const mutate = useCallback(
    (variables: V, callbacks?: Parameters<Start<T, V, C>>[1]) => {
      mutateAsync(variables, callbacks).catch(() => undefined);
    },
    [mutateAsync],
  ) as typeof mutation.mutate;
  return { ...mutation, mutate, mutateAsync };
}
