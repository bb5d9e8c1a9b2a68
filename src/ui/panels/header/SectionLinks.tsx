import { useTranslation } from 'react-i18next';
import classes from './Header.module.css';

const regions = [
  'inside',
  'dataset',
  'architecture',
  'recipe',
  'training',
  'evaluation',
  'draw',
  'weights',
  'runs',
] as const;

/** Where the page is one long column, links to its sections. */
export function SectionLinks() {
  const { t } = useTranslation('header');
  return (
    <nav className={classes.sections} aria-label={t('sections')}>
      {regions.map((region) => (
        <a key={region} href={`#${region}`}>
          {t('title', { ns: region })}
        </a>
      ))}
    </nav>
  );
}
