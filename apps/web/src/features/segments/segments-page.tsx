import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import frame from '../../components/ui/frame.module.css';
import { ListSearch } from '../../components/ui/list-search.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { PageHeader } from '../../components/ui/page-header.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { segmentsQuery } from '../../lib/segments.js';
import { isShown, SHOWN_WORDS, shownSegments } from './segment-list.js';
import { SegmentTable } from './segment-table.js';
import classes from './segments.module.css';

const route = getRouteApi('/shell/segments');

export function SegmentsPage() {
  useDocumentTitle('Segments · Steward');
  const { text = '', show } = route.useSearch();
  const navigate = useNavigate();
  const { user, permissions } = useMe();
  const { data, error, refetch } = useQuery(segmentsQuery);
  const set = (change: { text?: string; show?: string }) =>
    void navigate({ to: '/segments', search: (now) => ({ ...now, ...change }), replace: true });
  const shown = isShown(show) ? show : 'all';
  const rows = shownSegments(data ?? [], { text, shown, userId: user.id });
  return (
    <div className={frame.page}>
      <PageHeader
        title="Segments"
        aside={data ? plural(data.length, 'segment') : null}
        actions={
          permissions.includes('segments:write') ? (
            <Button component={Link} to="/segments/new" leftSection={<IconPlus size={14} aria-hidden />}>
              New segment
            </Button>
          ) : null
        }
      />
      <ListSearch
        label="Find a segment"
        fieldLabel="Search by name or description"
        placeholder="Search segments"
        text={text}
        onText={(next) => set({ text: next })}
      >
        <SegmentedControl
          aria-label="Which segments"
          data={Object.entries(SHOWN_WORDS).map(([value, label]) => ({ value, label }))}
          value={shown}
          onChange={(next) => set({ show: next === 'all' ? undefined : next })}
        />
      </ListSearch>
      <div className={classes.body}>
        {error ? <LoadFailed title="Segments could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={320} mt="sm" />}
        {data?.length === 0 ? (
          <EmptyState
            title="No segments yet"
            text="Nobody has shared a segment so far, and you have none of your own."
          />
        ) : null}
        {data && data.length > 0 && rows.length === 0 ? (
          <EmptyState
            title="No segment matches"
            text={`None of ${plural(data.length, 'segment')} is like that.`}
            action={
              <Button variant="default" onClick={() => set({ text: undefined, show: undefined })}>
                Show all
              </Button>
            }
          />
        ) : null}
        {rows.length > 0 ? <SegmentTable segments={rows} /> : null}
      </div>
    </div>
  );
}
