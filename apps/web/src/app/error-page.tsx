import type { ErrorComponentProps } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

/** Without a network its own code could no longer be had, so it is fetched while all is well. */
export const loadErrorReport = () => import('./error-report.js');

const ErrorReport = lazy(() => loadErrorReport().then((module) => ({ default: module.ErrorReport })));
const NotFoundReport = lazy(() => loadErrorReport().then((module) => ({ default: module.NotFoundReport })));

export function ErrorPage(props: ErrorComponentProps) {
  return (
    <Suspense fallback={null}>
      <ErrorReport {...props} />
    </Suspense>
  );
}

export function NotFoundPage() {
  return (
    <Suspense fallback={null}>
      <NotFoundReport />
    </Suspense>
  );
}
