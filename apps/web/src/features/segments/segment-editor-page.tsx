import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { useMe } from '../../lib/me.js';
import { segmentQuery } from './get-segment.js';
import { SegmentForm } from './segment-form.js';
import { SegmentSkeleton } from './segment-skeleton.js';

const route = getRouteApi('/shell/segments/$segmentId/edit');

const TO_LIST = (
  <Button variant="default" component={Link} to="/segments">
    Back to segments
  </Button>
);

export function NewSegmentPage() {
  useDocumentTitle('New segment · Steward');
  const mayWrite = useMe().permissions.includes('segments:write');
  return mayWrite ? (
    <SegmentForm segment={null} />
  ) : (
    <NotOpen title="Making segments is not open to your role" text="You may look at them. Ask an admin for more." />
  );
}

export function EditSegmentPage() {
  const { segmentId } = route.useParams();
  // A form that began with an older answer would be refused for a change that its writer has seen.
  const answer = useQuery({ ...segmentQuery(segmentId), refetchOnMount: 'always' });
  const { error, refetch } = answer;
  const segment = answer.isFetchedAfterMount ? answer.data : undefined;
  const [round, setRound] = useState(0);
  useDocumentTitle(segment ? `Edit ${segment.name} · Steward` : 'Steward');
  if (error)
    return <LoadFailed page title="This segment could not be shown" error={error} back={TO_LIST} onRetry={refetch} />;
  if (!segment) return <SegmentSkeleton />;
  if (!segment.mayEdit)
    return <NotOpen text="Only its owner changes a segment, and an admin a shared one. You may copy it." />;
  const loadAnew = () => void refetch().then(() => setRound((now) => now + 1));
  return <SegmentForm key={`${segment.id} ${round}`} segment={segment} onLoadAnew={loadAnew} />;
}

function NotOpen({ title = 'This segment is not yours to change', text }: { title?: string; text: string }) {
  return <EmptyState page title={title} text={text} action={TO_LIST} />;
}
