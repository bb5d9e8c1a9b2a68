import { ActionIcon, Text } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../../domain/figure/blocks.ts';
import { formatCount, formatPercent, formatShape } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { Opened } from '../Opened.tsx';
import { LayerBody } from './LayerBody.tsx';
import type { LayerViewProps } from './layerViewProps.ts';

/** A layer, opened: what it made of the image, its filters, and how one of its numbers came about. */
export function LayerView(props: LayerViewProps) {
  const { network, block, seen, onLayer, onClose } = props;
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const drawing = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const doors = network.blocks.filter(({ form }) => form !== 'outputs');
  const index = doors.findIndex(({ name }) => name === block.name);
  const [before, after] = [doors[index - 1], doors[index + 1]];
  const share = block.multiplyAdds / Math.max(1, network.report.multiplyAdds);

  return (
    <Opened
      {...{ drawing, canvas, onClose }}
      label={t('layer', { name: block.name })}
      title={block.name}
      subject={block.name}
      fileName={block.name}
      before={
        <ToLayer block={before} label="before" onLayer={onLayer}>
          <ChevronLeft size={16} aria-hidden />
        </ToLayer>
      }
      after={
        <ToLayer block={after} label="after" onLayer={onLayer}>
          <ChevronRight size={16} aria-hidden />
        </ToLayer>
      }
      facts={t('facts', {
        shape: formatShape(block.shape),
        parameters: formatCount(block.parameters, language),
        share: formatPercent(share, language, 0),
      })}
    >
      {seen?.layers.some(({ name }) => name === block.name) ? (
        <LayerBody key={block.name} {...props} seen={seen} drawing={drawing} canvas={canvas} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('waiting')}
        </Text>
      )}
    </Opened>
  );
}

interface ToLayerProps {
  readonly block: Block | undefined;
  readonly label: 'before' | 'after';
  readonly onLayer: (name: string) => void;
  readonly children: ReactNode;
}

function ToLayer({ block, label, onLayer, children }: ToLayerProps) {
  const { t } = useTranslation('layer');
  return (
    <ActionIcon
      variant="default"
      size={30}
      disabled={!block}
      aria-label={t(label, { name: block?.name ?? '–' })}
      onClick={() => block && onLayer(block.name)}
    >
      {children}
    </ActionIcon>
  );
}
