import type { TFunction } from 'i18next';
import type { Notice } from '../../app/state.ts';

/** What a notice says in the language of `t`, which knows the namespaces `notices` and `errors`. */
export function noticeWords(notice: Notice, t: TFunction): { title?: string; message: string } {
  const { kind, code, news, params, message } = notice;
  if (news) return { message: t(`news.${news}`) };
  return {
    ...(kind === 'error' && { title: t(code ? 'error' : 'bug') }),
    ...(kind === 'warning' && { title: t('warning') }),
    message: code ? t(code, { ns: 'errors', ...params, ...sessionWords(notice, t) }) : message,
  };
}

/** The words of the session's own vocabulary, which no sentence should show as they are. */
function sessionWords({ code, params }: Notice, t: TFunction): Record<string, string> {
  if (code !== 'session.busy' || !params) return {};
  const { command = '', phase = '' } = params;
  return {
    command: t(`command.${command}`, { defaultValue: String(command) }),
    phase: t(`phase.${phase}`, { defaultValue: String(phase) }),
  };
}
