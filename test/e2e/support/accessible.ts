import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2, levels A and AA. */
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What of it asks for colours. The schemes differ in nothing else: the rest is asked in one of them. */
const ON_COLOURS = ['color-contrast', 'link-in-text-block'];

const VIOLATIONS_ONLY: RunOptions = { resultTypes: ['violations'] };

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;
type RunOptions = Parameters<AxeBuilder['options']>[0];
interface AxeInPage {
  run: (context: { include: string[][] }, options: RunOptions) => Promise<AxeResults>;
}

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
    const found = scheme === 'light' ? await violations(page, part) : await violationsOfColours(page, part);
    expect(found, `${scheme}: what axe finds`).toEqual([]);
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
  const axe = new AxeBuilder({ page }).options(VIOLATIONS_ONLY).withTags(STANDARD).setLegacyMode(true).include(part);
  return (await axe.analyze()).violations.map(told);
}

/** The rules on colours, by the axe that the page has been given before: giving it anew takes longer than they do. */
async function violationsOfColours(page: Page, part: string) {
  const options: RunOptions = { ...VIOLATIONS_ONLY, runOnly: { type: 'rule', values: ON_COLOURS } };
  const results = await page.evaluate(
    ([selector, asked]) => (window as unknown as { axe: AxeInPage }).axe.run({ include: [[selector]] }, asked),
    [part, options] as const,
  );
  return results.violations.map(told);
}

const told = ({ id, help, nodes }: AxeResults['violations'][number]) => ({
  id,
  help,
  at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`),
});
