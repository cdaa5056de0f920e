import { Button, Select } from '@mantine/core';
import type { View } from '@steward/shared/views';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import type { ListedSegment } from '../../lib/segments.js';
import type { KeptView, OpenTab } from './list-state.js';
import { SaveViewDialog } from './save-view-dialog.js';
import { moved } from './view-order.js';
import { isCurrent, ViewMenu, ViewTab, WHOLE } from './view-tab.js';
import classes from './view-tabs.module.css';
import { useCreateView, useDeleteView, useOrderViews, useRestoreView, useUpdateView } from './views.js';

const ScheduleDialog = lazy(() =>
  import('../../components/report-schedule/schedule-dialog.js').then((module) => ({ default: module.ScheduleDialog })),
);

interface ViewTabsProps {
  views: readonly View[];
  segments: readonly ListedSegment[];
  tab: OpenTab;
  /** What is shown differs from what the tab keeps. */
  isEdited: boolean;
  /** What is shown can be kept: what a figure of a report asks cannot. */
  isKeepable: boolean;
  /** What is shown, to be kept. */
  shown: () => KeptView;
  onReset: () => void;
}

/** All accounts, one's views and segments as tabs; what differs from the open one is saved, saved as new, or reset. */
export function ViewTabs({ views, segments, tab, isEdited, isKeepable, shown, onReset }: ViewTabsProps) {
  const navigate = useNavigate();
  const { user } = useMe();
  const [asking, setAsking] = useState<'new' | 'rename' | 'schedule' | 'delete' | null>(null);
  const creating = useCreateView();
  const updating = useUpdateView();
  const deleting = useDeleteView();
  const restoring = useRestoreView();
  const ordering = useOrderViews();
  const view = views.find(({ id }) => id === tab.view);
  const segment = segments.find(({ id }) => id === tab.segment);
  const failed = (error: Error) => toastError('The view could not be saved', error);
  const open = (search: OpenTab) => void navigate({ to: '/accounts', search, replace: true });
  const add = (given: KeptView & Pick<View, 'name' | 'visibility'>) =>
    creating.mutate(given, {
      onSuccess: ({ id }) => {
        setAsking(null);
        open({ view: id });
      },
      onError: failed,
    });
  const update = (change: Partial<KeptView & Pick<View, 'name' | 'visibility'>>) => {
    if (view === undefined) return;
    updating.mutate(
      { id: view.id, revision: view.revision, ...change },
      {
        onSuccess: () => {
          setAsking(null);
          if ('rule' in change) open({ view: view.id });
        },
        onError: failed,
      },
    );
  };
  const remove = (gone: View) =>
    deleting.mutate(gone, {
      onSuccess: () => {
        setAsking(null);
        open({});
        undoToast(`The view “${gone.name}” was deleted`, () =>
          restoring.mutate(gone, {
            onSuccess: ({ id }) => open({ view: id }),
            onError: (error) => toastError('The view was not brought back', error),
          }),
        );
      },
      onError: (error) => toastError('The view could not be deleted', error),
    });
  const put = (id: string, place: number) => {
    const ids = views.map((each) => each.id);
    const next = moved(ids, id, place);
    if (next.join() === ids.join()) return;
    ordering.mutate(next, { onError: (error) => toastError('The order of the views could not be kept', error) });
  };
  const mark = isEdited ? <span className={classes.edited}>edited</span> : null;
  const isGone = (tab.view !== undefined && !view) || (tab.segment !== undefined && !segment);

  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label="Views">
        <Link
          to="/accounts"
          search={{}}
          className={classes.tab}
          activeOptions={WHOLE}
          aria-current={isCurrent(!tab.view && !tab.segment)}
        >
          All accounts
        </Link>
        {views.map((each, place) => (
          <ViewTab
            key={each.id}
            view={each}
            isCurrent={each === view}
            mark={each === view ? mark : null}
            onDrop={(id) => put(id, place)}
            menu={
              each === view ? (
                <ViewMenu
                  view={each}
                  onLeft={place > 0 ? () => put(each.id, place - 1) : null}
                  onRight={place < views.length - 1 ? () => put(each.id, place + 1) : null}
                  onSchedule={() => setAsking('schedule')}
                  onRename={() => setAsking('rename')}
                  onDelete={() => (each.schedules > 0 ? setAsking('delete') : remove(each))}
                />
              ) : null
            }
          />
        ))}
        {segment ? (
          <Link
            to="/accounts"
            search={{ segment: segment.id }}
            className={classes.tab}
            activeOptions={WHOLE}
            aria-current="page"
            title={segment.description}
          >
            {segment.name}
            {mark}
          </Link>
        ) : null}
        {isGone ? <span className={classes.gone}>This view is gone, or is somebody else’s alone</span> : null}
      </nav>
      <Select
        aria-label="Open a segment"
        placeholder="Segments"
        w={150}
        searchable
        nothingFoundMessage="No segment is called so"
        comboboxProps={{ width: 240, position: 'bottom-end' }}
        maxDropdownHeight={320}
        value={null}
        data={segments.filter(({ of }) => of === 'account').map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => {
          if (id !== null) open({ segment: id });
        }}
      />
      <div className={classes.actions}>
        {isEdited && isKeepable && view?.mayEdit ? (
          <Button variant="default" loading={updating.isPending} onClick={() => update(shown())}>
            Save
          </Button>
        ) : null}
        {isEdited && isKeepable ? (
          <Button variant="default" onClick={() => setAsking('new')}>
            {tab.view || tab.segment ? 'Save as new' : 'Save as view'}
          </Button>
        ) : null}
        {isEdited && (view || segment) ? (
          <Button variant="subtle" color="gray" onClick={onReset}>
            Reset
          </Button>
        ) : null}
      </div>
      {asking === 'schedule' && view ? (
        <Suspense fallback={null}>
          <ScheduleDialog
            what={`The view “${view.name}”, as it is saved`}
            name={view.name}
            content={{ kind: 'view', viewId: view.id }}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      ) : null}
      {asking === 'delete' && view ? (
        <AskDialog
          title={`Delete the view “${view.name}”?`}
          yes="Delete"
          isPending={deleting.isPending}
          onYes={() => remove(view)}
          onClose={() => setAsking(null)}
        >
          {plural(view.schedules, 'report by mail shows', 'reports by mail show')} it, and would come to nobody any
          more.
        </AskDialog>
      ) : null}
      {asking === 'new' || asking === 'rename' ? (
        <SaveViewDialog
          title={asking === 'new' ? 'Save as a new view' : 'Rename or share the view'}
          name={asking === 'new' ? '' : (view?.name ?? '')}
          isShared={asking === 'rename' && view?.visibility === 'shared'}
          mayShare={user.role !== 'viewer'}
          isPending={creating.isPending || updating.isPending}
          onSave={(name, visibility) =>
            asking === 'new' ? add({ ...shown(), name, visibility }) : update({ name, visibility })
          }
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  );
}
