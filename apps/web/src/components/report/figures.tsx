import { Skeleton } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';

const HEIGHT = 200;

/** Charts are drawn by a part of the application that is only fetched where one is shown. */
function drawnLater<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  const Figure = lazy(load) as unknown as ComponentType<P>;
  return (props: P & { height?: number }) => (
    <Suspense fallback={<Skeleton h={props.height ?? HEIGHT} />}>
      <Figure {...props} />
    </Suspense>
  );
}

export const LineFigure = drawnLater(async () => ({ default: (await import('./line-figure.js')).LineFigure }));
export const ColumnFigure = drawnLater(async () => ({ default: (await import('./column-figure.js')).ColumnFigure }));
export const WaterfallFigure = drawnLater(async () => ({
  default: (await import('./waterfall-figure.js')).WaterfallFigure,
}));
