import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandNames, isAllowed } from '../../protocol/phases.ts';
import { phases } from '../../protocol/protocol.ts';
import { resources } from '../i18n/resources.ts';
import { noticeWords } from './noticeWords.ts';

describe('a notice', () => {
  let inChinese: TFunction;
  let inEnglish: TFunction;
  beforeAll(async () => {
    const i18n = i18next.createInstance();
    await i18n.init({
      lng: 'en',
      resources,
      interpolation: { escapeValue: false },
    });
    inEnglish = i18n.getFixedT('en', 'notices');
    inChinese = i18n.getFixedT('zh-Hant', 'notices');
  });

  it('says a refusal in the language of the page', () => {
    const notice = {
      id: 1,
      kind: 'error',
      code: 'dataset.tooFew',
      params: { file: 'a.idx', count: 1, min: 2 },
      message: 'as the worker said it',
    } as const;
    expect(noticeWords(notice, inChinese).message).toMatch(/^a\.idx 有 1 張影像；至少需要 2 張/);
    expect(noticeWords(notice, inEnglish).message).toMatch(/^a\.idx holds 1 images/);
  });

  it('says why within the sentence, in the same language', () => {
    const place = { code: 'place.header' } as const;
    const notice = {
      id: 1,
      kind: 'error',
      code: 'weights.header',
      params: {
        file: '{{count}}',
        problem: { code: 'json.tooDeep', params: { place, levels: 9 } },
      },
      message: 'as the worker said it',
    } as const;
    expect(noticeWords(notice, inEnglish).message).toBe(
      'The header of {{count}} is not valid: its header nests more than 9 levels.',
    );
    expect(noticeWords(notice, inChinese).message).toBe(
      '{{count}} 的標頭無效：「標頭」的巢狀層數超過 9 層。',
    );
  });

  it('names what the session does in words of the page', () => {
    const notice = {
      id: 1,
      kind: 'error',
      code: 'session.busy',
      params: { command: 'load', phase: 'training' },
      message: '',
    } as const;
    expect(noticeWords(notice, inEnglish).message).toBe(
      'Loading is not possible while the session is training.',
    );
    expect(noticeWords(notice, inChinese).message).not.toMatch(/load|training/);
  });

  it('has words for whatever command can be refused, in both languages', () => {
    for (const command of commandNames) {
      for (const phase of phases.filter((each) => !isAllowed(command, each))) {
        const params = { command, phase };
        const notice = { id: 1, kind: 'error', code: 'session.busy', params, message: '' } as const;
        const { message } = noticeWords(notice, inEnglish);
        expect(message, command).not.toMatch(new RegExp(`^${command} is`));
        expect(noticeWords(notice, inChinese).message, command).not.toMatch(/[a-z]/i);
      }
    }
  });

  it('takes a file name for nothing but a name', () => {
    const notice = {
      id: 1,
      kind: 'error',
      code: 'picture.blank',
      params: { file: '$t(error) {{count}} <b>' },
      message: '',
    } as const;
    expect(noticeWords(notice, inEnglish).message).toMatch(/^\$t\(error\) \{\{count\}\} <b> holds/);
  });

  it('says news in the language of the page', () => {
    const notice = { id: 1, kind: 'info', news: 'kernelChoicesCleared', message: 'x' } as const;
    expect(noticeWords(notice, inEnglish).message).toMatch(/^The kernel choices are cleared/);
    expect(noticeWords(notice, inChinese).message).toMatch(/^已清除運算核心的選擇/);
  });

  it('that only warns does not say that something failed', () => {
    const notice = {
      id: 1,
      kind: 'warning',
      code: 'storage.low',
      message: 'x',
      params: { neededMB: 1344, freeMB: 10 },
    } as const;
    const { title, message } = noticeWords(notice, inEnglish);
    expect(title).toBe('Please note');
    expect(message).toMatch(/need up to 1344 MB, and the browser has 10 MB left/);
  });

  it('of a mistake of the page says so around the words of the browser', () => {
    const notice = { id: 1, kind: 'error', message: 'x is undefined' } as const;
    const { title, message } = noticeWords(notice, inEnglish);
    expect(title).toBe('Something broke');
    expect(message).toMatch(/^This is a mistake of the page: x is undefined\. /);
    expect(noticeWords(notice, inChinese).message).toMatch(/^這是頁面本身的錯誤：x is undefined。/);
  });

  it('without a code says its message as it is', () => {
    expect(noticeWords({ id: 1, kind: 'info', message: 'Saved.' }, inChinese)).toEqual({
      message: 'Saved.',
    });
  });
});
