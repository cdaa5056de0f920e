import { Button, Tabs } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { describeRule } from '@steward/shared/describe';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { AsOfPicker } from '../../components/ui/as-of-picker.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { useCatalogue, useContactCatalogue, usePlaybookNames } from '../../lib/catalogue.js';
import { useSegments } from '../../lib/segments.js';
import { ContactMembers } from './contact-members.js';
import { ExclusionsTab } from './exclusions-tab.js';
import { type SegmentDetail, segmentQuery } from './get-segment.js';
import { MembersTab } from './members-tab.js';
import { MovesTab } from './moves-tab.js';
import { SegmentMarks } from './segment-marks.js';
import { SegmentMenu } from './segment-menu.js';
import classes from './segment-page.module.css';
import { SegmentSkeleton } from './segment-skeleton.js';

const SizesTab = lazy(() => import('./sizes-tab.js').then((module) => ({ default: module.SizesTab })));

const route = getRouteApi('/shell/segments/$segmentId');
const TABS = [
  { value: 'members', label: 'Members' },
  { value: 'moves', label: 'Came and went' },
  { value: 'sizes', label: 'Over time' },
  { value: 'kept-out', label: 'Kept out' },
] as const;
type Tab = (typeof TABS)[number]['value'];

export function SegmentPage() {
  const { segmentId } = route.useParams();
  const { tab: asked, asOf } = route.useSearch();
  const navigate = useNavigate();
  const { data: segment, error, refetch } = useQuery(segmentQuery(segmentId));
  useDocumentTitle(segment ? `${segment.name} · Steward` : 'Steward');
  if (error) {
    return (
      <LoadFailed
        page
        title="This segment could not be shown"
        error={error}
        gone={{ title: 'There is no such segment', text: 'It was deleted, or it is private to somebody else.' }}
        back={<Link to="/segments">Back to segments</Link>}
        onRetry={refetch}
      />
    );
  }
  if (!segment) return <SegmentSkeleton />;
  // Contacts are kept out with their account: there is no list of them.
  const tabs = segment.of === 'contact' ? TABS.filter(({ value }) => value !== 'kept-out') : TABS;
  const tab = tabs.find(({ value }) => value === asked)?.value ?? 'members';
  return (
    <div className={frame.page}>
      <PageHeader
        title={
          <>
            <Link to="/segments" className={frame.crumb}>
              Segments
            </Link>
            <span className={classes.dim} aria-hidden>
              /
            </span>
            <span className={classes.title} title={segment.name}>
              {segment.name}
            </span>
          </>
        }
        aside={<SegmentMarks segment={segment} />}
        actions={
          <>
            {tab === 'members' && segment.of !== 'contact' ? <AsOfPicker /> : null}
            {segment.mayEdit && asOf === undefined ? (
              <Button
                variant="default"
                component={Link}
                to={`/segments/${segment.id}/edit`}
                leftSection={<IconPencil size={14} aria-hidden />}
              >
                Edit
              </Button>
            ) : null}
            <SegmentMenu segment={segment} onRemoved={() => void navigate({ to: '/segments' })} />
          </>
        }
      />
      <About segment={segment} />
      <Tabs
        className={frame.page}
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '.',
            search: (now) => ({ asOf: now.asOf, tab: next === 'members' ? undefined : (next ?? undefined) }),
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
        {tabs.map(({ value }) => (
          <Tabs.Panel
            key={value}
            value={value}
            className={value === 'members' && segment.of === 'account' ? classes.grid : classes.scroll}
          >
            <Panel tab={value} segment={segment} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

function Panel({ tab, segment }: { tab: Tab; segment: SegmentDetail }) {
  switch (tab) {
    case 'members':
      return segment.of === 'contact' ? <ContactMembers segment={segment} /> : <MembersTab segment={segment} />;
    case 'moves':
      return <MovesTab segment={segment} />;
    case 'sizes':
      return (
        <Suspense fallback={null}>
          <SizesTab segment={segment} />
        </Suspense>
      );
    case 'kept-out':
      return <ExclusionsTab segment={segment} />;
  }
}

/** What it is for, who is in it in words, whose it is and where it is used. */
function About({ segment }: { segment: SegmentDetail }) {
  const accountFields = useCatalogue();
  const contactFields = useContactCatalogue();
  const catalogue = segment.of === 'contact' ? contactFields : accountFields;
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  return (
    <div className={classes.about}>
      {segment.description === '' ? null : <p className={classes.description}>{segment.description}</p>}
      <dl className={classes.facts}>
        <dt>Who is in it</dt>
        <dd>{whoIsIn(segment, describeRule(segment.rule, catalogue, segments, playbooks))}</dd>
        {segment.owner ? (
          <>
            <dt>Owner</dt>
            <dd>{segment.owner.name}</dd>
          </>
        ) : null}
        {segment.usedBy.length === 0 ? null : (
          <>
            <dt>Used by</dt>
            <dd className={classes.uses}>
              {segment.usedBy.map(({ kind, id, name }) =>
                kind === 'segment' ? (
                  <Link key={id} to="/segments/$segmentId" params={{ segmentId: id }}>
                    {name}
                  </Link>
                ) : kind === 'view' || kind === 'playbook' ? (
                  <span key={id}>
                    {name} ({kind})
                  </span>
                ) : (
                  <Link key={id} to="/alerts/rules/$ruleId" params={{ ruleId: id }}>
                    {name} (alert rule)
                  </Link>
                ),
              )}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** A rule without conditions speaks of accounts, whatever the segment is of. */
const whoIsIn = ({ of, rule }: SegmentDetail, words: string): string =>
  of === 'contact' && rule.kind === 'all' && rule.rules.length === 0 ? 'every contact' : words;
