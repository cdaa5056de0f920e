import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;
const NOTHING_STORED: StorageState = { cookies: [], origins: [] };

/**
 * One page for all tests of a worker. What it has downloaded and compiled it need not again, which is half of what a page
 * takes to open. Each test finds it blank: with the cookies of its own person, nothing stored, and as large as at first.
 * Not taken back are grants, scripts given to every page, and clocks that stand still: who needs these opens a context.
 */
export class KeptPage {
  private kept: { page: Page; clearStorage: (origin: string) => Promise<unknown> } | null = null;

  /** The context of the page, signed in by the cookies given. */
  async enter(browser: Browser, { cookies }: StorageState): Promise<BrowserContext> {
    if (!this.kept) {
      const context = await browser.newContext({ storageState: NOTHING_STORED });
      const page = await context.newPage();
      const devTools = await context.newCDPSession(page);
      const clearStorage = (origin: string) =>
        devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' });
      this.kept = { page, clearStorage };
    }
    const context = this.kept.page.context();
    await context.addCookies(cookies);
    return context;
  }

  /** Leaves the page blank; a test that closed it leaves none. */
  async leave(origin: string, viewport: { width: number; height: number } | null): Promise<void> {
    if (!this.kept) return;
    const { page, clearStorage } = this.kept;
    const context = page.context();
    if (page.isClosed()) return this.close();
    page.removeAllListeners();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.goto('about:blank');
    await clearStorage(origin);
    await context.clearCookies();
    // What lies under the pointer would be hovered on the next page.
    await page.mouse.move(-1, -1);
    await page.emulateMedia({ media: null, colorScheme: 'light', reducedMotion: 'reduce' });
    if (viewport) await page.setViewportSize(viewport);
  }

  async close(): Promise<void> {
    const context = this.kept?.page.context();
    this.kept = null;
    await context?.close();
  }
}
