import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../../domain/figure/blocks.ts';
import type { Inspection } from '../../../domain/inside/inspection.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { strongestMaps } from '../strongest.ts';

interface FigureTableProps {
  readonly blocks: readonly Block[];
  readonly seen: Inspection | undefined;
}

/** The picture for who hears it. */
export function FigureTable({ blocks, seen }: FigureTableProps) {
  const { t } = useTranslation('figure');
  const language = useLanguage();
  return (
    <VisuallyHidden>
      <table>
        <caption>{t('table')}</caption>
        <thead>
          <tr>
            {(['layer', 'shape', 'parameters', 'products', 'strongest'] as const).map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {blocks.map(({ name, shape, parameters, multiplyAdds }) => {
            const layer = seen?.layers.find((one) => one.name === name);
            const strongest = layer ? strongestMaps(layer, 1)[0] : undefined;
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{shape.join(' × ')}</td>
                <td>{formatCount(parameters, language)}</td>
                <td>{formatCount(multiplyAdds, language)}</td>
                <td>{strongest ?? '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
