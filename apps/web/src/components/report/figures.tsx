import { Skeleton } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';

const HEIGHT = 200;

/** Charts are drawn by a part of the application of its own. It is on its way as soon as a page with charts is. */
function drawnLater<P extends object>(loading: Promise<ComponentType<P>>) {
  const Figure = lazy(async () => ({ default: await loading })) as unknown as ComponentType<P>;
  return (props: P & { height?: number }) => (
    <Suspense fallback={<Skeleton h={props.height ?? HEIGHT} />}>
      <Figure {...props} />
    </Suspense>
  );
}

export const LineFigure = drawnLater(import('./line-figure.js').then((figure) => figure.LineFigure));
export const ColumnFigure = drawnLater(import('./column-figure.js').then((figure) => figure.ColumnFigure));
export const WaterfallFigure = drawnLater(import('./waterfall-figure.js').then((figure) => figure.WaterfallFigure));
