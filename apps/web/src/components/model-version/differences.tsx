import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { errorText } from '../../lib/api.js';
import { ChangeList } from './change-list.js';
import { diffQuery, type ModelPart } from './model-part.js';

/** What one version says otherwise than another. */
export function Differences({ part, from, to }: { part: ModelPart; from: number; to: number }) {
  const { data, error } = useQuery(diffQuery(part, from, to));
  if (error) return <p role="alert">{errorText(error)}</p>;
  if (!data) return <Skeleton h={40} />;
  return <ChangeList changes={data.changes} label={`From version ${from} to version ${to}`} />;
}
