import { Tabs } from '@mantine/core';
import { profileBodySchema } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import type { ModelPart, PartState } from '../../components/model-version/model-part.js';
import { useModelDraft } from '../../components/model-version/use-model-draft.js';
import { VersionList } from '../../components/model-version/version-list.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import frame from '../../components/ui/frame.module.css';
import { PageHeader } from '../../components/ui/page-header.js';
import { useMe } from '../../lib/me.js';
import { bodyOf } from './editor/profile-draft.js';
import { overviewQuery } from './get-figures.js';
import { isScoring, placeAmongScoring } from './get-profiles.js';
import classes from './health.module.css';
import { ProfileMenu } from './overview/profile-menu.js';
import parts from './parts.module.css';
import { ProfileAbout, useScopeWords } from './profile-about.js';
import { AFTER_PUBLISHING, ProfileTab } from './profile-tab.js';

const BacktestTab = lazy(() => import('./runs/backtest-tab.js').then((module) => ({ default: module.BacktestTab })));
const WeightsTab = lazy(() => import('./runs/weights-tab.js').then((module) => ({ default: module.WeightsTab })));

const route = getRouteApi('/shell/health/$profileId');
const TABS = [
  { value: 'profile', label: 'Profile' },
  { value: 'backtest', label: 'Backtest' },
  { value: 'weights', label: 'Suggested weights' },
  { value: 'versions', label: 'Versions' },
] as const;

const BLANK: ProfileDraft = {
  scope: null,
  groups: [],
  limits: [],
  bands: { watchFrom: 31, healthyFrom: 71 },
  minCoverage: 50,
  pulseGap: 40,
};

interface ProfileDeskProps {
  profile: ProfileEntry;
  profiles: readonly ProfileEntry[];
  part: ModelPart;
  loaded: PartState<ProfileDraft>;
}

/** A profile's page: its draft stays while its tabs change. */
export function ProfileDesk({ profile, profiles, part, loaded }: ProfileDeskProps) {
  const { permissions } = useMe();
  const mayWrite = permissions.includes('model:write');
  const mayTry = permissions.includes('studio:use');
  const draft = useModelDraft(part, loaded, BLANK);
  const asked = route.useSearch().tab;
  const navigate = useNavigate();
  const tabs = TABS.filter(({ value }) => mayTry || (value !== 'backtest' && value !== 'weights'));
  const tab = tabs.find(({ value }) => value === asked)?.value ?? 'profile';
  const { id, isDefault, active, published } = profile;
  // A profile that scores nobody yet is tried where it would stand.
  const tried = useMemo(
    () =>
      isScoring(profile)
        ? { profileId: id, position: null }
        : { profileId: null, position: placeAmongScoring(profiles, id) },
    [profile, profiles, id],
  );
  const body = useMemo(() => bodyOf(draft.body), [draft.body]);
  const isDraft = draft.draft !== null || draft.keeping !== 'idle';
  const testing = {
    tried,
    body,
    what: isDraft ? 'the draft as it stands' : published === null ? 'the profile' : `version ${published.version}`,
  };
  return (
    <div className={frame.page}>
      <PageHeader
        title={
          <>
            <Link to="/health" className={frame.crumb}>
              Health
            </Link>
            <span className={parts.dim} aria-hidden>
              /
            </span>
            {profile.name}
          </>
        }
        aside={
          <>
            {isDefault ? 'default' : null}
            {active ? null : 'off: it scores nobody'}
            {active && published === null ? 'never published: it scores nobody' : null}
          </>
        }
        actions={mayWrite ? <ProfileMenu profile={profile} onMove={null} /> : null}
      />
      <Tabs
        className={frame.page}
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (now) => ({ ...now, tab: next === 'profile' ? undefined : (next ?? undefined), run: undefined }),
            replace: true,
          })
        }
      >
        <Tabs.List px="lg">
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value} px="sm">
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="profile" className={frame.page}>
          {mayWrite ? (
            <ProfileTab profile={profile} draft={draft} body={body} tried={tried} mayTry={mayTry} />
          ) : (
            <ReadOnly profile={profile} published={loaded.publishedBody} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="backtest" className={classes.scroll}>
          <Suspense fallback={null}>
            <BacktestTab {...testing} profile={profile} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="weights" className={classes.scroll}>
          <Suspense fallback={null}>
            <WeightsTab
              {...testing}
              profile={profile}
              draft={draft.body}
              onTake={mayWrite ? (suggested) => draft.change(suggested, null) : null}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="versions" className={classes.scroll}>
          <VersionList
            part={part}
            mayWrite={mayWrite}
            after={AFTER_PUBLISHING}
            onRolledBack={() => void draft.reload()}
          />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** What is published, for those who do not change it. */
function ReadOnly({ profile, published }: { profile: ProfileEntry; published: ProfileDraft | null }) {
  const scopeWords = useScopeWords();
  const { data: overview } = useQuery(overviewQuery);
  const body = useMemo(() => profileBodySchema.safeParse(published).data ?? null, [published]);
  if (body === null) {
    return (
      <EmptyState title="Nothing of it is published yet" text="It scores nobody. Admins write and publish profiles." />
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.read} tabIndex={0} aria-label={`What ${profile.name} says`}>
      <p className={parts.lead}>
        It scores: {scopeWords(body, profile.isDefault)}. Admins change and publish profiles; you may read all of it.
      </p>
      <ProfileAbout
        body={body}
        figures={overview?.profiles.find(({ profileId }) => profileId === profile.id) ?? null}
      />
    </section>
  );
}
