import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type ModelPart, type PartState, partQuery } from '../../components/model-version/model-part.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { useMe } from '../../lib/me.js';
import classes from './editor-parts.module.css';

interface ModelPageProps<B> {
  part: ModelPart;
  /** For those who may change it. */
  editor: (loaded: PartState<B>) => ReactNode;
  /** For all others: what is published. */
  view: (published: B) => ReactNode;
}

/** Definitions of the model: written by those who may, read by all others, who learn whom to ask. */
export function ModelPage<B>({ part, editor, view }: ModelPageProps<B>) {
  const mayWrite = useMe().permissions.includes('model:write');
  const { data, error, isFetchedAfterMount, refetch } = useQuery(partQuery<B>(part));
  if (error && !data) {
    return <LoadFailed title={`${capital(part.name)} could not be shown`} error={error} onRetry={refetch} />;
  }
  // A form that began with an older answer would be refused for a change that its writer never saw.
  if (!data || (mayWrite && !isFetchedAfterMount)) {
    return (
      <Stack p="lg" gap="sm" aria-busy="true" role="status" aria-label="Loading">
        <Skeleton h={30} w="60%" />
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} h={38} />
        ))}
      </Stack>
    );
  }
  if (mayWrite) return <div className={classes.page}>{editor(data)}</div>;
  return (
    <div className={classes.page}>
      <p className={classes.who}>
        Admins change {part.name}; your role may look at them.
        {data.draft === null ? '' : ` ${data.draft.savedBy?.name ?? 'An admin'} is at work on a draft.`}
      </p>
      {data.publishedBody === null ? (
        <EmptyState title="Nothing is published yet" text="An admin has to publish it first." />
      ) : (
        view(data.publishedBody)
      )}
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
