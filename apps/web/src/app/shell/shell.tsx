import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { StartHost } from '../../components/goal/start-host.js';
import { TouchHost } from '../../components/touch/touch-host.js';
import { BrandMark } from '../../components/ui/brand-mark.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { loadErrorReport } from '../error-page.js';
import { AsOfBanner } from './as-of-banner.js';
import { OfflineBanner } from './offline-banner.js';
import { isCurrent, searchOf, useOpenPage, usePages } from './pages.js';
import { SampleBanner } from './sample-banner.js';
import classes from './shell.module.css';
import { StandInBanner } from './stand-in-banner.js';
import { useLive } from './use-live.js';

// What opens on demand stays out of the first load.
const loadPalette = () => import('./palette.js').then((module) => ({ default: module.Palette }));
const Palette = lazy(loadPalette);
const ShortcutSheet = lazy(() => import('./shortcut-sheet.js').then((module) => ({ default: module.ShortcutSheet })));
const NotificationBell = lazy(() =>
  import('./notification-bell.js').then((module) => ({ default: module.NotificationBell })),
);
const UserMenu = lazy(() => import('./user-menu.js').then((module) => ({ default: module.UserMenu })));

const isMac = /mac/i.test(navigator.platform);

/** The frame of every page: the rail, the palette, the shortcut sheet and the banner of a day in the past. */
export function Shell() {
  useLive();
  const { workspace } = useMe();
  const pages = usePages();
  const pathname = useLocation({ select: (location) => location.pathname });
  const [sheetOpened, sheet] = useDisclosure(false);
  const [paletteAsked, setPaletteAsked] = useState(0);
  const open = useOpenPage();
  const openPalette = () => setPaletteAsked((asked) => asked + 1);
  useEffect(() => {
    // Fetched once the page stands, so that the first ⌘K swallows no letter.
    const timer = setTimeout(() => void Promise.allSettled([loadPalette(), loadErrorReport()]), 1500);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPaletteAsked((asked) => asked + 1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useShortcuts({
    '?': sheet.open,
    ...Object.fromEntries(pages.map((page) => [`g ${page.keys}`, () => open(page)])),
  });
  return (
    <div className={classes.root}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <nav className={classes.rail} aria-label="Pages">
        <div className={classes.workspace} title={workspace.name}>
          <BrandMark />
          <span className={classes.workspaceName}>{workspace.name}</span>
        </div>
        <UnstyledButton className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
          <IconSearch size={15} aria-hidden />
          <span className={classes.label}>Search</span>
          <span className={classes.searchKeys} aria-hidden>
            {isMac ? '⌘K' : 'Ctrl K'}
          </span>
        </UnstyledButton>
        {pages.map((page) => (
          <Link
            key={page.to}
            to={page.to}
            search={((now: object) => searchOf(page, pathname, now as Record<string, string>)) as never}
            className={classes.item}
            data-status={isCurrent(page, pathname) ? 'active' : undefined}
            aria-current={isCurrent(page, pathname) ? 'page' : undefined}
            title={page.label}
          >
            <page.icon size={16} stroke={1.7} aria-hidden />
            <span className={classes.label}>{page.label}</span>
          </Link>
        ))}
        <div className={classes.bottom}>
          <Suspense fallback={<div className={classes.userPending} />}>
            <NotificationBell />
            <UserMenu onShortcuts={sheet.open} />
          </Suspense>
        </div>
      </nav>
      <div className={classes.main}>
        <OfflineBanner />
        <AsOfBanner />
        <StandInBanner />
        <SampleBanner />
        <main className={classes.page} id="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <TouchHost />
      <StartHost />
      <Suspense fallback={null}>
        {paletteAsked > 0 ? <Palette asked={paletteAsked} onShortcuts={sheet.open} /> : null}
        {sheetOpened ? <ShortcutSheet onClose={sheet.close} /> : null}
      </Suspense>
    </div>
  );
}
