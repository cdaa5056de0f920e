import type { Band } from '@steward/shared/common';

/** How a series is told apart without its colour: every look has a shape of its own and, as a line, a stroke of its own. */
export const MARK_SHAPES = [
  'circle',
  'square',
  'triangleUp',
  'diamond',
  'triangleDown',
  'plus',
  'ring',
  'bar',
] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

export interface SeriesLook {
  /** A CSS value that reads on both schemes. */
  color: string;
  shape: MarkShape;
  /** Dashes of its line, in pixels; absent is solid. */
  dash?: string;
}

/** A line of what is compared with has its series' colour and no marks. */
export const BEFORE_STROKE = { strokeWidth: 1.2, strokeOpacity: 0.7, strokeDasharray: '2 4' } as const;

const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '12 4', '4 2', '1 4', '6 2 1 2 1 2'] as const;

/** Of the palette that tiers name their colours from; shades that stand out from the page in either scheme. */
const PALETTE = [
  'violet',
  'blue',
  'teal',
  'gray',
  'orange',
  'pink',
  'lime',
  'cyan',
  'grape',
  'indigo',
  'green',
  'yellow',
  'red',
] as const;

const paletteColor = (name: string): string =>
  name === 'gray' ? 'var(--text-dim)' : `light-dark(var(--mantine-color-${name}-8), var(--mantine-color-${name}-4))`;

/** The look of the nth series of a chart. */
export function seriesLook(index: number, color?: string): SeriesLook {
  const named = PALETTE.find((each) => each === color);
  return {
    color: paletteColor(named ?? PALETTE[index % PALETTE.length] ?? 'gray'),
    shape: MARK_SHAPES[index % MARK_SHAPES.length] ?? 'circle',
    dash: DASHES[index % DASHES.length],
  };
}

const BAND_SHAPES: Record<Band, MarkShape> = {
  at_risk: 'triangleDown',
  watch: 'diamond',
  healthy: 'circle',
  unknown: 'ring',
};

export const bandLook = (band: Band): SeriesLook => ({
  color: `var(--band-${band.replace('_', '-')})`,
  shape: BAND_SHAPES[band],
  dash: band === 'unknown' ? '2 3' : undefined,
});

export const GOOD_LOOK = (shape: MarkShape): SeriesLook => ({ color: 'var(--good)', shape });
export const BAD_LOOK = (shape: MarkShape): SeriesLook => ({ color: 'var(--bad)', shape });
