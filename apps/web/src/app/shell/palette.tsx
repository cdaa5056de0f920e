import '@mantine/spotlight/styles.css';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconBuilding,
  IconChecklist,
  IconFileImport,
  IconKeyboard,
  IconLayersIntersect,
  IconLogout,
  IconMessagePlus,
  IconMoon,
  IconRefresh,
  IconSearch,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { accountInView, askTouch } from '../../components/touch/ask-touch.js';
import { errorText } from '../../lib/api.js';
import { formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { segmentsQuery } from '../../lib/segments.js';
import { useOpenPage, usePages } from './pages.js';
import { rowsFor } from './palette-rows.js';
import { paletteSearchQuery } from './palette-search.js';
import { useLeave } from './use-leave.js';

const [paletteStore, paletteDeeds] = createSpotlight();

/** As the arrow keys mark a row: on the row itself, and by its place. */
function selectFirstRow(): void {
  const list = document.getElementById(paletteStore.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  const first = list?.querySelector('[data-action]');
  first?.setAttribute('data-selected', 'true');
  first?.scrollIntoView({ block: 'nearest' });
  paletteStore.updateState((state) => ({ ...state, selected: first ? 0 : -1 }));
}

interface PaletteProps {
  /** Counts how often it was asked for; each time it opens. */
  asked: number;
  onShortcuts: () => void;
}

/** ⌘K: accounts by name, id or domain, segments, pages, and what can be done from anywhere. */
export function Palette({ asked, onShortcuts }: PaletteProps) {
  useEffect(() => {
    if (asked > 0) paletteDeeds.open();
  }, [asked]);
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 150);
  const currency = useCurrency();
  const navigate = useNavigate();
  const goTo = usePages();
  const openPage = useOpenPage();
  const { permissions } = useMe();
  const mayImport = permissions.includes('imports:write');
  const leave = useLeave();
  const { setColorScheme } = useMantineColorScheme();
  const colorScheme = useComputedColorScheme('light');
  const found = useQuery(paletteSearchQuery(settled));
  // Asked for once there is something to look for: the palette is on every page.
  const listed = useQuery({ ...segmentsQuery, enabled: settled !== '' });
  const searches = settled === '' ? [] : [found, listed];
  const failed = searches.filter(({ data, error }) => data === undefined && error !== null);
  // Enter takes the first row: what an older text had found must be gone as soon as another is typed.
  const isOlder = text.trim() !== settled;
  const isAwaited = isOlder || searches.some(({ isPending }) => isPending);

  const accounts: SpotlightActionGroupData = {
    group: 'Accounts',
    actions: (isOlder ? [] : (found.data?.rows ?? [])).map((row) => ({
      id: row.id,
      label: row.name,
      description: [row.externalId, row.tier, formatMoneyCompact(row.arrMinor, currency)].filter(Boolean).join(' · '),
      // Matched by the server, by more than what is shown of them.
      keywords: [text],
      leftSection: <IconBuilding size={16} aria-hidden />,
      onClick: () => void navigate({ to: '/accounts/$accountId', params: { accountId: row.id } }),
    })),
  };
  const segments: SpotlightActionGroupData = {
    group: 'Segments',
    actions: (settled === '' ? [] : (listed.data ?? [])).map((segment) => ({
      id: segment.id,
      label: segment.name,
      description: plural(segment.members, segment.of),
      leftSection: <IconLayersIntersect size={16} aria-hidden />,
      onClick: () => void navigate({ to: '/segments/$segmentId', params: { segmentId: segment.id } }),
    })),
  };
  const pages: SpotlightActionGroupData = {
    group: 'Go to',
    actions: goTo.map((page) => ({
      id: page.to,
      label: page.label,
      leftSection: <page.icon size={16} aria-hidden />,
      onClick: () => openPage(page),
    })),
  };
  const actions: SpotlightActionGroupData = {
    group: 'Do',
    actions: [
      ...(permissions.includes('touchpoints:write')
        ? [
            {
              id: 'touch',
              label: 'Log a touch',
              description: 'Call, meeting, e-mail or note, on the account in view',
              keywords: ['Call', 'Meeting', 'E-mail', 'Note'],
              leftSection: <IconMessagePlus size={16} aria-hidden />,
              onClick: () => askTouch(accountInView(document, location)),
            },
          ]
        : []),
      {
        id: 'tasks',
        label: 'My tasks',
        leftSection: <IconChecklist size={16} aria-hidden />,
        onClick: () => void navigate({ to: '/goals/tasks', search: {} }),
      },
      ...(mayImport
        ? [
            {
              id: 'import',
              label: 'Import a file',
              leftSection: <IconFileImport size={16} aria-hidden />,
              onClick: () => void navigate({ to: '/data/import' }),
            },
          ]
        : []),
      {
        id: 'scheme',
        label: colorScheme === 'dark' ? 'Switch to light' : 'Switch to dark',
        leftSection: <IconMoon size={16} aria-hidden />,
        onClick: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
      },
      {
        id: 'shortcuts',
        label: 'Show keyboard shortcuts',
        leftSection: <IconKeyboard size={16} aria-hidden />,
        onClick: onShortcuts,
      },
      {
        id: 'sign-out',
        label: 'Sign out',
        leftSection: <IconLogout size={16} aria-hidden />,
        onClick: leave,
      },
    ],
  };
  const retry: SpotlightActionGroupData = {
    group: 'Search',
    actions:
      isOlder || failed.length === 0
        ? []
        : [
            {
              id: 'retry',
              label: `${failed.includes(found) ? 'Accounts' : 'Segments'} could not be searched: try again`,
              description: errorText(failed[0]?.error),
              keywords: [text],
              leftSection: <IconRefresh size={16} aria-hidden />,
              closeSpotlightOnTrigger: false,
              onClick: () => {
                for (const query of failed) void query.refetch();
              },
            },
          ],
  };
  const answered = [accounts, retry, segments].flatMap((group) => group.actions.map(({ id }) => id)).join(' ');
  // The palette picks its first row as the text is typed; rows of the server come after that, and above.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first row is picked anew because others are answered
  useEffect(() => {
    selectFirstRow();
  }, [answered]);
  return (
    <Spotlight
      store={paletteStore}
      query={text}
      onQueryChange={setText}
      actions={rowsFor(text, [accounts, retry, segments, pages, actions])}
      filter={(_, rows) => rows}
      nothingFound={isAwaited ? 'Searching…' : 'Nothing matches'}
      highlightQuery
      scrollable
      maxHeight={440}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Search accounts and segments, go to a page, do something',
        'aria-label': 'Search accounts, pages and actions',
      }}
    />
  );
}
