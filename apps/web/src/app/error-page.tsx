import type { ErrorComponentProps } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

const ErrorReport = lazy(() => import('./error-report.js').then((module) => ({ default: module.ErrorReport })));
const NotFoundReport = lazy(() => import('./error-report.js').then((module) => ({ default: module.NotFoundReport })));

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
