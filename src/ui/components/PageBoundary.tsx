import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

/** Where the page as a whole falls, it says so in plain HTML: what it is made of may be what fell. */
export class PageBoundary extends Component<{ children: ReactNode }, { hasFallen: boolean }> {
  override readonly state = { hasFallen: false };

  static getDerivedStateFromError() {
    return { hasFallen: true };
  }

  override render() {
    if (!this.state.hasFallen) return this.props.children;
    const t = i18next.getFixedT(null, 'boundary');
    return (
      <main role="alert" style={{ padding: '2rem', fontFamily: 'system-ui, sans-serif' }}>
        <p>{t('pageFallen')}</p>
        <button type="button" onClick={() => location.reload()}>
          {t('reload')}
        </button>
      </main>
    );
  }
}
