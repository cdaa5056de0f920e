import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2, levels A and AA. */
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Look {
  /** A selector of what is looked at; without it the whole page. */
  part?: string;
  /** The name of the pictures that are taken where STEWARD_E2E_PICTURES names a folder. */
  picture?: string;
}

/** Axe finds nothing on what is shown, neither in the light nor in the dark scheme; the page stays as it is between them. */
export async function expectAccessible(page: Page, { part = 'html', picture }: Look = {}): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await standsStill(page);
    expect(await violations(page, part), `${scheme}: what axe finds`).toEqual([]);
    const folder = process.env.STEWARD_E2E_PICTURES;
    if (picture && folder) await page.screenshot({ path: `${folder}/${picture}-${scheme}.png` });
  }
}

/** Colours and overlays that are still moving would be measured half-way; what has just been drawn begins to move a frame later. */
async function standsStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    );
  });
}

/**
 * Every rule of the standard on every element. What passed is not described, and the result is not brought together
 * on a page of its own, which frames of other sites alone would need: both take twice as long as the rules themselves.
 */
async function violations(page: Page, part: string) {
  const result = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(STANDARD)
    .setLegacyMode(true)
    .include(part)
    .analyze();
  return result.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`),
  }));
}
