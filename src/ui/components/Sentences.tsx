import { useLanguage } from './useLanguage.ts';

interface SentencesProps {
  readonly all: readonly (string | false | undefined)[];
}

/** Those sentences that there are, one after the other. A full stop in Chinese brings its own space. */
export function Sentences({ all }: SentencesProps) {
  const space = useLanguage() === 'zh-Hant' ? '' : ' ';
  return all.filter(Boolean).join(space);
}
