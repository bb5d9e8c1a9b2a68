import { ActionIcon } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './layer.module.css';

interface MapPagesProps {
  /** Of the page, from 0 on. */
  readonly first: number;
  readonly shown: number;
  readonly count: number;
  readonly onTurn: (pages: -1 | 1) => void;
}

/** Which of the maps are on the sheet, and the way to the others. */
export function MapPages({ first, shown, count, onTurn }: MapPagesProps) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const number = (value: number) => formatCount(value, language);
  const ways = [
    { by: -1, label: 'pageBefore', Icon: ChevronLeft, isThere: first > 0 },
    { by: 1, label: 'pageAfter', Icon: ChevronRight, isThere: first + shown < count },
  ] as const;
  return (
    <div className={classes.pages}>
      {ways.map(({ by, label, Icon, isThere }) => (
        <ActionIcon
          key={label}
          variant="default"
          size={24}
          disabled={!isThere}
          aria-label={t(label)}
          onClick={() => onTurn(by)}
        >
          <Icon size={14} aria-hidden />
        </ActionIcon>
      ))}
      <span>
        {t('page', {
          first: number(first + 1),
          last: number(first + shown),
          count: number(count),
        })}
      </span>
    </div>
  );
}
