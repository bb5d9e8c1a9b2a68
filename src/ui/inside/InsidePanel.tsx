import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

const InsideView = lazy(() =>
  import('./InsideView.tsx').then(({ InsideView }) => ({ default: InsideView })),
);

/** The network as a picture. It comes after the page; its place is kept. */
export function InsidePanel() {
  const { t } = useTranslation('inside');
  return (
    <div className="wb-inside">
      <Suspense fallback={<p className="wb-inside-coming">{t('loading')}</p>}>
        <InsideView />
      </Suspense>
    </div>
  );
}
