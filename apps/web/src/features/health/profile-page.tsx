import { Button, Skeleton, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ModelPart, partQuery } from '../../components/model-version/model-part.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { profilesQuery } from './get-profiles.js';
import { ProfileDesk } from './profile-desk.js';

const route = getRouteApi('/shell/health/$profileId');

const BACK = (
  <Button variant="default" component={Link} to="/health">
    Back to the profiles
  </Button>
);

/** One health profile: what it says, what it would do, what it has told in the past. */
export function ProfilePage() {
  const { profileId } = route.useParams();
  const profiles = useQuery(profilesQuery);
  const profile = profiles.data?.find(({ id }) => id === profileId);
  const name = profile?.name ?? '';
  const part = useMemo(
    (): ModelPart => ({ path: `/health-profiles/${profileId}`, name: `the profile ${name}` }),
    [profileId, name],
  );
  const state = useQuery({ ...partQuery<ProfileDraft>(part), refetchOnMount: 'always' });
  useDocumentTitle(profile ? `${name} · Health · Steward` : 'Health · Steward');
  if (profiles.data && !profile) {
    return (
      <EmptyState
        page
        role="alert"
        title="There is no such profile"
        text="It was deleted, or the address is not whole."
        action={BACK}
      />
    );
  }
  const error = profiles.error ?? state.error;
  if (error) {
    return (
      <LoadFailed
        page
        title="This profile could not be shown"
        error={error}
        back={BACK}
        onRetry={() => Promise.all([profiles.refetch(), state.refetch()])}
      />
    );
  }
  if (!profile || !profiles.data || !state.data || !state.isFetchedAfterMount) {
    return (
      <Stack p="lg" gap="md" aria-busy="true" role="status" aria-label="Loading">
        <Skeleton h={22} w={280} />
        <Skeleton h={14} w="70%" />
        <Skeleton h={420} />
      </Stack>
    );
  }
  return <ProfileDesk key={profileId} profile={profile} profiles={profiles.data} part={part} loaded={state.data} />;
}
