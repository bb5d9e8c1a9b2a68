import type { TFunction } from 'i18next';
import type { Notice } from '../../app/state.ts';
import { refusalWords } from '../i18n/refusalWords.ts';

/** What a notice says in the language of `t`, which knows `notices` and what refusals need. */
export function noticeWords(notice: Notice, t: TFunction): { title?: string; message: string } {
  const { kind, code, news } = notice;
  if (news) return { message: t(`news.${news}`) };
  return {
    ...(kind === 'error' && { title: t(code ? 'error' : 'bug') }),
    ...(kind === 'warning' && { title: t('warning') }),
    message: sentence(notice, t),
  };
}

function sentence(notice: Notice, t: TFunction): string {
  const { kind, code, params, message } = notice;
  if (code) return refusalWords(code, { ...params, ...sessionWords(notice, t) }, t);
  // A mistake of this page's, in the words of the browser.
  return kind === 'error' ? t('broke', { problem: message }) : message;
}

/** The words of the session's own vocabulary, which no sentence should show as they are. */
function sessionWords({ code, params }: Notice, t: TFunction): Record<string, string> {
  if (code !== 'session.busy' || !params) return {};
  const { command = '', phase = '' } = params;
  return {
    command: t(`command.${String(command)}`, { defaultValue: String(command) }),
    phase: t(`phase.${String(phase)}`, { defaultValue: String(phase) }),
  };
}
