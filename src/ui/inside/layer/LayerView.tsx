import { ActionIcon, Text, Title } from '@mantine/core';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../../domain/figure/blocks.ts';
import { formatCount, formatPercent, formatShape } from '../../components/format.ts';
import { keyName } from '../../components/keys.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { SaveButtons } from '../save/SaveButtons.tsx';
import { LayerBody } from './LayerBody.tsx';
import classes from './layer.module.css';
import type { LayerViewProps } from './layerViewProps.ts';

/** A layer, opened: what it made of the image, its filters, and how one of its numbers came about. */
export function LayerView(props: LayerViewProps) {
  const { network, block, seen, onLayer, onClose } = props;
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each layer that is opened is gone to.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [block.name]);
  const doors = network.blocks.filter(({ form }) => form !== 'outputs');
  const index = doors.findIndex(({ name }) => name === block.name);
  const [before, after] = [doors[index - 1], doors[index + 1]];
  const share = block.multiplyAdds / Math.max(1, network.report.multiplyAdds);
  const onKeyDown = (event: KeyboardEvent) => {
    if (keyName(event) !== 'Escape') return;
    event.preventDefault();
    onClose();
  };

  return (
    <section
      className={classes.layer}
      aria-label={t('layer', { name: block.name })}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head}>
        <ToLayer block={before} label="before" onLayer={onLayer}>
          <ChevronLeft size={16} aria-hidden />
        </ToLayer>
        <Title order={3} ref={heading} tabIndex={-1}>
          {block.name}
        </Title>
        <ToLayer block={after} label="after" onLayer={onLayer}>
          <ChevronRight size={16} aria-hidden />
        </ToLayer>
        <span className={classes.facts}>
          {t('facts', {
            shape: formatShape(block.shape),
            parameters: formatCount(block.parameters, language),
            share: formatPercent(share, language, 0),
          })}
        </span>
        <SaveButtons drawing={drawing} canvas={canvas} name={block.name} />
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          <X size={16} aria-hidden />
        </ActionIcon>
      </div>
      {seen?.layers.some(({ name }) => name === block.name) ? (
        <LayerBody key={block.name} {...props} seen={seen} drawing={drawing} canvas={canvas} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('waiting')}
        </Text>
      )}
    </section>
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
