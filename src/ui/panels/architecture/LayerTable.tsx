import { useTranslation } from 'react-i18next';
import type { NetworkReport } from '../../../domain/architecture/shapes.ts';
import { formatBytes, formatCompact, formatShape } from '../../components/format.ts';
import { ScrollRegion } from '../../components/ScrollRegion.tsx';
import { Term } from '../../components/Term.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './LayerTable.module.css';
import { layerWords } from './layerWords.ts';
import { layerRows } from './selectors.ts';

/** Every layer with its output and its cost; thin bars show where parameters and work lie. */
export function LayerTable({ network }: { readonly network: NetworkReport }) {
  const { t } = useTranslation('architecture');
  const language = useLanguage();
  const count = (value: number) => (value === 0 ? '–' : formatCompact(value, language));
  const bytes = (value: number) => formatBytes(value, language);
  return (
    <ScrollRegion label={t('table')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('layer')}</th>
            <th scope="col">{t('output')}</th>
            <th scope="col">
              <Term word="parameters" />
            </th>
            <th scope="col">
              <Term word="multiplyAdds" />
            </th>
            <th scope="col">{t('memory')}</th>
          </tr>
        </thead>
        <tbody>
          {layerRows(network).map(
            ({ report, parametersShare, multiplyAddsShare, activationShare }) => (
              <tr key={report.layer.name}>
                <th scope="row">
                  <span>{report.layer.name}</span>
                  <span className={classes.words}>{layerWords(report.layer, t)}</span>
                </th>
                <td>{formatShape(report.outputShape)}</td>
                <Share value={count(report.parameters)} share={parametersShare} />
                <Share value={count(report.multiplyAdds)} share={multiplyAddsShare} />
                <Share value={bytes(report.activationBytes)} share={activationShare} />
              </tr>
            ),
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td />
            <td>{count(network.parameters)}</td>
            <td>{count(network.multiplyAdds)}</td>
            <td>{bytes(network.activationBytes)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollRegion>
  );
}

function Share({ value, share }: { readonly value: string; readonly share: number }) {
  return (
    <td>
      <span className={classes.bar} style={{ width: `${100 * share}%` }} aria-hidden />
      <span className={classes.value}>{value}</span>
    </td>
  );
}
